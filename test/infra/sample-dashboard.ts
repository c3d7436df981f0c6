import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Alarms, toDashboardBody } from '../../infra/dashboard.ts'
import { parseStage, type Stage } from '../../infra/stage.ts'
import { toAlarms } from '../../infra/watching.ts'

const file = join(import.meta.dirname, '..', '..', 'stages', 'dev.json')

/** The stage that the project ships as an example, with what a test changes. */
export function toStage(changes: Readonly<Record<string, unknown>> = {}): Stage {
  const parsed = parseStage({ ...JSON.parse(readFileSync(file, 'utf8')), ...changes })
  assert.ok(parsed.ok)
  return parsed.stage
}

/** One widget, as a reader finds it who knows nothing of the code that made it. */
export interface PlainWidget {
  readonly type: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly properties: Readonly<Record<string, unknown>>
}

/** One line of a graph, read from its array. */
export interface PlainLine {
  readonly title: string
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly stat: string
  readonly unit: string | undefined
  readonly label: string | undefined
}

/** The widgets as CloudWatch gets them, through JSON. */
export function readWidgets(
  stage: Stage,
  alarms: Alarms = toAlarms(stage),
): readonly PlainWidget[] {
  return JSON.parse(JSON.stringify(toDashboardBody(stage, alarms))).widgets
}

/** The rows of a graph, each an array. */
export function readRows({ properties }: PlainWidget): readonly (readonly unknown[])[] {
  const rows = properties['metrics'] ?? []
  assert.ok(Array.isArray(rows))
  return rows
}

/** Every line that is fetched and not computed. */
export function readLines(widget: PlainWidget): readonly PlainLine[] {
  return readRows(widget).flatMap((row) => {
    const texts = row.filter((part) => typeof part === 'string')
    const [namespace, name, ...rest] = texts
    if (namespace === undefined || name === undefined) return []
    assert.equal(rest.length % 2, 0)
    const pairs = Array.from({ length: rest.length / 2 }, (_, at) => rest.slice(2 * at, 2 * at + 2))
    const rendering = Object(row.at(-1))
    const { title, stat, yAxis } = widget.properties
    return [
      {
        title: String(title),
        namespace,
        name,
        dimensions: Object.fromEntries(pairs),
        stat: rendering.stat ?? stat,
        unit: Object(yAxis).left?.label,
        label: rendering.label,
      },
    ]
  })
}
