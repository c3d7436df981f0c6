/** How one line of a graph is drawn; each word is the dashboard body's own. */
export interface Rendering {
  readonly id?: string
  readonly label?: string
  readonly stat?: string
  readonly color?: string
  readonly visible?: boolean
  readonly yAxis?: 'left' | 'right'
  /** The Region of the metric, where it is not the stack's own. */
  readonly region?: string
  readonly expression?: string
}

/**
 * One line of a graph: namespace, name, then the dimensions' names and values in turns, and last how it
 * is drawn. A line that is computed from others has nothing but the last.
 */
export type Line = readonly (string | Rendering)[]

/** A level to compare a line with. */
export interface Level {
  readonly value: number
  readonly label: string
}

/** What a metric widget holds; the graph's own properties, in the dashboard body's words. */
export interface GraphProperties {
  readonly title: string
  readonly region: string
  readonly view: 'timeSeries' | 'singleValue'
  readonly stacked: boolean
  readonly sparkline?: boolean
  readonly stat: string
  readonly period: number
  readonly metrics: readonly Line[]
  readonly annotations?: { readonly horizontal: readonly Level[] }
  readonly yAxis?: Readonly<Record<string, Axis>>
}

interface Axis {
  readonly label: string
  readonly min: number
  readonly max?: number
  readonly showUnits: false
}

/** What a widget shows, before it has its place. */
export type Content =
  | { readonly type: 'metric'; readonly properties: GraphProperties }
  | { readonly type: 'alarm'; readonly properties: AlarmStates }
  | { readonly type: 'text'; readonly properties: { readonly markdown: string } }

interface AlarmStates {
  readonly title: string
  /** ARNs, 1 to 100. */
  readonly alarms: readonly string[]
  readonly sortBy: 'stateUpdatedTimestamp'
}

/** A widget in its place on the grid of 24 columns. */
export type Widget = Content & {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What stands side by side; every part of a row is equally high. */
export interface Row {
  readonly height: number
  readonly parts: readonly { readonly width: number; readonly content: Content }[]
}

/** What a graph is made from; everything else about it is alike on all of the dashboard. */
export interface Graph {
  readonly title: string
  /** What the left axis counts in. */
  readonly unit: string
  readonly lines: readonly Line[]
  readonly stat?: string
  readonly stacked?: boolean
  readonly periodSeconds?: number
  readonly levels?: readonly Level[]
  readonly axis?: { readonly min?: number; readonly max?: number }
}

/** Makes a graph over time; a count is a sum and a minute is a step unless the graph says otherwise. */
export function toGraph(graph: Graph): Content {
  const { title, unit, lines, stat = 'Sum', stacked = false, periodSeconds = 60 } = graph
  const { levels = [], axis = {} } = graph
  return {
    type: 'metric',
    properties: {
      title,
      // A widget without its Region is refused.
      region: ownRegion,
      view: 'timeSeries',
      stacked,
      stat,
      period: periodSeconds,
      metrics: lines,
      yAxis: { left: { label: unit, min: 0, ...axis, showUnits: false } },
      ...(levels.length === 0 ? {} : { annotations: { horizontal: levels } }),
    },
  }
}

/** The stack's own Region, filled in by CloudFormation. */
export const ownRegion = `\${AWS::Region}`

const columns = 24

/** Makes a row whose parts are as wide as each other. */
export function toEvenRow(height: number, contents: readonly Content[]): Row {
  const width = Math.floor(columns / contents.length)
  return { height, parts: contents.map((content) => ({ width, content })) }
}

/** Gives every part its place: rows under each other, parts from left to right. */
export function placeRows(rows: readonly Row[]): readonly Widget[] {
  const widgets: Widget[] = []
  let y = 0
  for (const { height, parts } of rows) {
    let x = 0
    for (const { width, content } of parts) {
      widgets.push({ ...content, x, y, width, height })
      x += width
    }
    y += height
  }
  return widgets
}
