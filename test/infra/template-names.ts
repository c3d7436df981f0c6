import { metricNamespace } from '../../core/metrics.ts'
import { accessLogFormat } from '../../infra/access-log.ts'
import { toSeriesKey } from '../../tools/metric-series.ts'
import { awsMetrics, dimensionTypes, fixedDimensions } from './aws-metrics.ts'
import type { Emitted, LogFields } from './emitted.ts'
import {
  findFormulas,
  findMetrics,
  type NamedFormula,
  type NamedMetric,
} from './template-metrics.ts'
import { findQueries, type NamedQuery, readQuery, toLogGroupNames } from './template-queries.ts'
import { isObject, type Json } from './template-tree.ts'

/** Every statistic that CloudWatch computes and a template of ours may ask for. */
const statisticForm =
  /^(?:SampleCount|Sum|Average|Minimum|Maximum|(?:p|tm)(?:\d{1,2}(?:\.\d{1,10})?|100))$/

/** What CloudWatch Logs itself adds to every line, and finds out of those that Lambda writes. */
const foundFields = new Set([
  ...['@timestamp', '@ingestionTime', '@message', '@log', '@logStream', '@ptr', '@entity'],
  ...['@requestId', '@type', '@duration', '@billedDuration', '@initDuration', '@memorySize'],
  '@maxMemoryUsed',
])

/** Finds everything that the template names in metrics and logs and that nobody ever emits. */
export function findUnknownNames(template: Json, emitted: Emitted): readonly string[] {
  return [
    ...findMetrics(template).flatMap((metric) => [
      ...checkMetric(metric, emitted),
      ...checkResources(metric, template),
    ]),
    ...findFormulas(template).flatMap(checkFormula),
    ...findQueries(template).flatMap((query) => checkQuery(query, template, emitted)),
  ]
}

function checkMetric(metric: NamedMetric, { units }: Emitted): readonly string[] {
  const { path, namespace, name, dimensions, statistics, unit } = metric
  const key = toSeriesKey({ namespace, name, dimensions })
  const odd = statistics.filter((statistic) => !statisticForm.test(statistic))
  const isOurs = namespace === metricNamespace
  const emittedUnit = isOurs ? units.get(key) : toAwsUnit(metric)
  if (emittedUnit === undefined) return [`${path}: nothing emits ${key}`]
  return [
    ...odd.map((statistic) => `${path}: there is no statistic ${statistic}`),
    ...(unit === undefined || unit === emittedUnit
      ? []
      : [`${path}: ${name} is emitted in ${emittedUnit} and not in ${unit}`]),
  ]
}

function toAwsUnit({ namespace, name, dimensions }: NamedMetric): string | undefined {
  const known = awsMetrics[`${namespace} ${name}`]
  const names = Object.keys(dimensions).sort().join()
  const isFixed = Object.entries(fixedDimensions).every(
    ([dimension, value]) => (dimensions[dimension] ?? value) === value,
  )
  return isFixed && known?.sets.some((set) => set.join() === names) ? known.unit : undefined
}

/** A dimension that names one of the stack's own parts must name one of the right type. */
function checkResources({ path, dimensions }: NamedMetric, template: Json): readonly string[] {
  const resources = isObject(template) ? template['Resources'] : undefined
  return Object.entries(dimensions).flatMap(([dimension, value]) => {
    const type = dimensionTypes[dimension]
    if (type === undefined) return []
    const [, id = ''] = /^(?:\$\{|\{"Ref":")(\w+)"?\}$/.exec(value) ?? []
    const resource = isObject(resources) ? resources[id] : undefined
    const isRight = isObject(resource) && resource['Type'] === type
    return isRight ? [] : [`${path}: ${dimension} names no ${type}: ${value}`]
  })
}

/** Functions are written in capitals, so that whatever begins with a small letter is an id. */
function checkFormula({ path, expression, ids }: NamedFormula): readonly string[] {
  const plain = expression.replaceAll(/'[^']*'|"[^"]*"/g, ' ')
  const used = plain.match(/(?<![\w.])[a-z]\w*/g) ?? []
  return used.filter((id) => !ids.includes(id)).map((id) => `${path}: no metric has the id ${id}`)
}

function checkQuery(query: NamedQuery, template: Json, emitted: Emitted): readonly string[] {
  const { path, text, logGroups } = query
  if (logGroups.length === 0) return [`${path}: the query names no log group`]
  const known = [...toLogGroupNames(template).values()]
  const missing = logGroups.filter((name) => !known.includes(name))
  if (missing.length > 0) return missing.map((name) => `${path}: there is no log group ${name}`)
  const sources = logGroups.map((name) => toFields(name, emitted))
  const { fields, compared } = readQuery(text)
  const odd = fields.filter((field) => !isEmitted(field, sources))
  const never = compared.filter(([field, value]) => {
    const texts = sources.flatMap((source) => [...(source.get(field) ?? [])])
    return !freeFields.has(field) && texts.length > 0 && !texts.includes(value)
  })
  return [
    ...odd.map((field) => `${path}: no line in ${logGroups.join(', ')} has the field ${field}`),
    ...never.map(([field, value]) => `${path}: ${field} is never '${value}'`),
  ]
}

/** Fields whose texts come from no closed set, so that a query may look for any. */
const freeFields = new Set(['request_id', 'upstream_request_id', 'requestId', 'sourceIp'])

/** A list's items are fields of their own to a query: `evidence.0`. */
function isEmitted(field: string, sources: readonly LogFields[]): boolean {
  const [name = ''] = field.split(/\.\d+$/)
  return foundFields.has(field) || sources.some((source) => source.has(name))
}

function toFields(logGroup: string, { fields }: Emitted): LogFields {
  if (logGroup.endsWith('-oauth2')) return fields.oauth2
  if (logGroup.endsWith('-doctor')) return fields.doctor
  return new Map(Object.keys(JSON.parse(accessLogFormat)).map((name) => [name, new Set<string>()]))
}
