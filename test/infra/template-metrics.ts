import { isObject, type Json, type JsonObject, toText, walk } from './template-tree.ts'

/** One metric that the template names, wherever it does. */
export interface NamedMetric {
  readonly path: string
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly statistics: readonly string[]
  readonly unit: string | undefined
}

/** One formula over metrics, with the ids that it may use. */
export interface NamedFormula {
  readonly path: string
  readonly expression: string
  readonly ids: readonly string[]
}

/** A dashboard's body, read; its own `${…}` stay as they are. */
export function readDashboards(template: Json): readonly { path: string; body: Json }[] {
  return [...walk({ path: '', value: template })].flatMap(({ path, value }) => {
    const body = isObject(value) ? value['DashboardBody'] : undefined
    if (body === undefined) return []
    const text = toText(body)
    if (text === undefined) throw new Error(`${path}: the body of a dashboard must be a text`)
    return [{ path, body: JSON.parse(text) as Json }]
  })
}

/** Every metric that alarms, anomaly detectors and dashboards name. */
export function findMetrics(template: Json): readonly NamedMetric[] {
  const inAlarms = [...walk({ path: '', value: template })].flatMap(({ path, value }) =>
    isObject(value) ? readAlarmMetric(path, value) : [],
  )
  const inWidgets = readWidgets(template).flatMap(({ path, properties, rows }) =>
    rows.flatMap((row) => readWidgetMetric(path, row, properties)),
  )
  return [...inAlarms, ...inWidgets]
}

/** Every formula that alarms and dashboards compute. */
export function findFormulas(template: Json): readonly NamedFormula[] {
  const inAlarms = [...walk({ path: '', value: template })].flatMap(({ path, value }) => {
    const queries = isObject(value) && Array.isArray(value['Metrics']) ? value['Metrics'] : []
    return toFormulas(path, queries.filter(isObject), 'Expression', 'Id')
  })
  const inWidgets = readWidgets(template).flatMap(({ path, rows }) =>
    toFormulas(path, rows.map((row) => row.at(-1)).filter(isObject), 'expression', 'id'),
  )
  return [...inAlarms, ...inWidgets]
}

function toFormulas(
  path: string,
  queries: readonly JsonObject[],
  expressionKey: string,
  idKey: string,
): readonly NamedFormula[] {
  const ids = queries.flatMap((query) => toText(query[idKey]) ?? [])
  return queries.flatMap((query) => {
    const expression = toText(query[expressionKey])
    return expression === undefined ? [] : [{ path, expression, ids }]
  })
}

/** An alarm or a detector holds its one metric itself; a `MetricStat` holds it one level down. */
function readAlarmMetric(path: string, holder: JsonObject): readonly NamedMetric[] {
  const inner = holder['Metric']
  const metric = isObject(inner) ? inner : holder
  const namespace = toText(metric['Namespace'])
  const name = toText(metric['MetricName'])
  const isInner = metric === holder && path.endsWith('.Metric')
  if (namespace === undefined || name === undefined || isInner) return []
  const pairs = Array.isArray(metric['Dimensions']) ? metric['Dimensions'].filter(isObject) : []
  const keys = ['Stat', 'Statistic', 'ExtendedStatistic']
  return [
    {
      ...{ path, namespace, name },
      dimensions: Object.fromEntries(
        pairs.map((pair) => [String(pair['Name']), toValue(pair['Value'])]),
      ),
      statistics: keys.flatMap((key) => toText(holder[key]) ?? []),
      unit: toText(holder['Unit']),
    },
  ]
}

interface Widget {
  readonly path: string
  readonly properties: JsonObject
  /** The metric rows with their shorthand written out. */
  readonly rows: readonly (readonly Json[])[]
}

function readWidgets(template: Json): readonly Widget[] {
  return readDashboards(template).flatMap(({ path, body }) => {
    const widgets = isObject(body) && Array.isArray(body['widgets']) ? body['widgets'] : []
    return widgets.flatMap((widget: Json, index) => {
      const properties = isObject(widget) ? widget['properties'] : undefined
      if (!isObject(properties)) return []
      return [{ path: `${path}.widgets[${index}]`, properties, rows: writeOut(properties) }]
    })
  })
}

/** In a row `...` stands for the start of the row before, and `.` for its value in the same place. */
function writeOut({ metrics }: JsonObject): readonly (readonly Json[])[] {
  let before: readonly Json[] = []
  const rows = Array.isArray(metrics) ? metrics : []
  return rows.map((row: Json) => {
    if (!Array.isArray(row)) throw new Error(`not a row of metrics: ${JSON.stringify(row)}`)
    if (isObject(row[0])) return row
    const names = row.filter((item) => !isObject(item))
    const start = names[0] === '...' ? before.slice(0, before.length - names.length + 1) : []
    const given = names[0] === '...' ? names.slice(1) : names
    const whole = [...start, ...given].map((item, at) =>
      item === '.' ? (before[at] ?? item) : item,
    )
    before = whole
    return [...whole, ...row.filter(isObject)]
  })
}

function readWidgetMetric(
  path: string,
  row: readonly Json[],
  properties: JsonObject,
): readonly NamedMetric[] {
  const last = row.at(-1)
  const options = isObject(last) ? last : {}
  const [namespace, name, ...pairs] = row.filter((item) => !isObject(item)).map(toValue)
  if (namespace === undefined || name === undefined) return []
  const dimensions: Record<string, string> = {}
  for (let at = 0; at < pairs.length; at += 2) dimensions[pairs[at] ?? ''] = pairs[at + 1] ?? ''
  const statistic = toText(options['stat']) ?? toText(properties['stat'])
  return [
    {
      ...{ path, namespace, name, dimensions },
      statistics: statistic === undefined ? [] : [statistic],
      unit: toText(options['unit']),
    },
  ]
}

/** A value as a text; one that only the stack knows, such as a `Ref`, as its JSON. */
function toValue(value: Json | undefined): string {
  return toText(value) ?? JSON.stringify(value)
}
