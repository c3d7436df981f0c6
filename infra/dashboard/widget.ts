/** How one line of a graph is drawn, with the property names of the dashboard body. */
export interface Rendering {
  readonly id?: string
  readonly label?: string
  readonly stat?: string
  readonly color?: string
  readonly visible?: boolean
  readonly yAxis?: 'left' | 'right'
  /** The Region of the metric, if it is not the stack's own. */
  readonly region?: string
  readonly expression?: string
}

/**
 * One line of a graph: namespace, name, then the dimensions' names and values alternately, and last how it
 * is drawn. A line that is computed from others has only the last part.
 */
export type Line = readonly (string | Rendering)[]

/** A level to compare a line with. */
export interface Level {
  readonly value: number
  readonly label: string
}

/** The properties of a metric widget, named as in the dashboard body. */
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

/** What a widget shows, without its position. */
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

/** A widget with its position on the grid of 24 columns. */
export type Widget = Content & {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Widgets side by side; all of them have the same height. */
export interface Row {
  readonly height: number
  readonly parts: readonly { readonly width: number; readonly content: Content }[]
}

/** What distinguishes one graph; everything else is the same for all graphs of the dashboard. */
export interface Graph {
  readonly title: string
  /** The unit of the left axis. */
  readonly unit: string
  readonly lines: readonly Line[]
  readonly stat?: string
  readonly stacked?: boolean
  readonly periodSeconds?: number
  readonly levels?: readonly Level[]
  readonly axis?: { readonly min?: number; readonly max?: number }
}

/** Makes a graph over time; by default it shows sums with a step of one minute. */
export function toGraph(graph: Graph): Content {
  const { title, unit, lines, stat = 'Sum', stacked = false, periodSeconds = 60 } = graph
  const { levels = [], axis = {} } = graph
  return {
    type: 'metric',
    properties: {
      title,
      // CloudWatch rejects a widget without a Region.
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

/** The stack's own Region; CloudFormation fills it in. */
export const ownRegion = `\${AWS::Region}`

const columns = 24

/** Makes a row whose parts have the same width. */
export function toEvenRow(height: number, contents: readonly Content[]): Row {
  const width = Math.floor(columns / contents.length)
  return { height, parts: contents.map((content) => ({ width, content })) }
}

/** Gives every part its position: rows from top to bottom, parts from left to right. */
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
