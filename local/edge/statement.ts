import {
  type Properties,
  readChoice,
  readList,
  readObject,
  readText,
} from '../cloudwatch/properties.ts'
import { findHeader, type ViewerRequest } from './viewer-request.ts'

/** Whether a statement of a web ACL matches a request; a rate rule counts it at the same time. */
export type Statement = (request: ViewerRequest) => boolean

/** What statements need besides the request. */
export interface Means {
  readonly nowMs: () => number
  /** How much of a body is seen. */
  readonly inspectedBytes: number
}

const usualWindowSeconds = 300

const openers: Readonly<Record<string, (statement: Properties, means: Means) => Statement>> = {
  RateBasedStatement: openRate,
  SizeConstraintStatement: openSize,
  ByteMatchStatement: openMatch,
  NotStatement: ({ Statement: inner }, means) => {
    const matches = openStatement(readObject(inner, 'Statement'), means)
    return (request) => !matches(request)
  },
  AndStatement: (statement, means) => {
    const all = openAll(statement, means)
    return (request) => all.every((matches) => matches(request))
  },
  OrStatement: (statement, means) => {
    const all = openAll(statement, means)
    return (request) => all.some((matches) => matches(request))
  },
}

/**
 * Opens a statement.
 *
 * @throws Error that names what cannot be played
 */
export function openStatement(statement: Properties, means: Means): Statement {
  const [name = '', ...others] = Object.keys(statement)
  const open = openers[name]
  if (open === undefined || others.length > 0) throw new Error(`${name} cannot be played here`)
  return open(readObject(statement[name], name), means)
}

function openAll(statement: Properties, means: Means): readonly Statement[] {
  return readList(statement, 'Statements').map((one) =>
    openStatement(readObject(one, 'a statement'), means),
  )
}

/** Matches while an address has sent more than the limit within the window; what is blocked counts, too. */
function openRate(statement: Properties, means: Means): Statement {
  readChoice(statement, 'AggregateKeyType', ['IP'])
  const limit = Number(statement['Limit'])
  const windowMs = Number(statement['EvaluationWindowSec'] ?? usualWindowSeconds) * 1000
  const scope = statement['ScopeDownStatement']
  const isCounted =
    scope === undefined ? () => true : openStatement(readObject(scope, 'ScopeDownStatement'), means)
  const seen = new Map<string, number[]>()
  return (request) => {
    if (!isCounted(request)) return false
    const nowMs = means.nowMs()
    const times = (seen.get(request.address) ?? []).filter((atMs) => nowMs - atMs < windowMs)
    times.push(nowMs)
    seen.set(request.address, times)
    return times.length > limit
  }
}

const comparisons: Readonly<Record<string, (size: number, limit: number) => boolean>> = {
  EQ: (size, limit) => size === limit,
  NE: (size, limit) => size !== limit,
  LE: (size, limit) => size <= limit,
  LT: (size, limit) => size < limit,
  GE: (size, limit) => size >= limit,
  GT: (size, limit) => size > limit,
}

function openSize(statement: Properties, means: Means): Statement {
  const compare = comparisons[readText(statement, 'ComparisonOperator')]
  if (compare === undefined) throw new Error('the comparison cannot be played here')
  const limit = Number(statement['Size'])
  return openField(statement, means, (value) => compare(Buffer.byteLength(value, 'latin1'), limit))
}

const positions: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  EXACTLY: (text, part) => text === part,
  STARTS_WITH: (text, part) => text.startsWith(part),
  ENDS_WITH: (text, part) => text.endsWith(part),
  CONTAINS: (text, part) => text.includes(part),
}

function openMatch(statement: Properties, means: Means): Statement {
  const isAt = positions[readText(statement, 'PositionalConstraint')]
  if (isAt === undefined) throw new Error('the position cannot be played here')
  const part = readText(statement, 'SearchString')
  return openField(statement, means, (value) => isAt(value, part))
}

/** Reads the part of the request that a statement is about, changed as it asks, as bytes in Latin-1. */
function openField(
  statement: Properties,
  { inspectedBytes }: Means,
  isMatch: (value: string) => boolean,
): Statement {
  const field = readObject(statement['FieldToMatch'], 'FieldToMatch')
  const isLowered = readList(statement, 'TextTransformations')
    .map((one) => readChoice(readObject(one, 'a transformation'), 'Type', ['NONE', 'LOWERCASE']))
    .includes('LOWERCASE')
  const change = (value: string) => (isLowered ? value.toLowerCase() : value)
  const read = toReader(field)
  const { OversizeHandling: oversize } = readObject(field['Body'] ?? {}, 'Body')
  return (request) => {
    const isOversize = 'Body' in field && request.body.length > inspectedBytes
    if (isOversize && oversize === 'MATCH') return true
    if (isOversize && oversize === 'NO_MATCH') return false
    const value = read(request, inspectedBytes)
    return value !== undefined && isMatch(change(value))
  }
}

function toReader(
  field: Properties,
): (request: ViewerRequest, inspectedBytes: number) => string | undefined {
  if ('Body' in field) return ({ body }, bytes) => body.subarray(0, bytes).toString('latin1')
  if ('Method' in field) return ({ method }) => method
  if ('UriPath' in field) return ({ path }) => path
  if ('QueryString' in field) return ({ query }) => query
  if ('SingleHeader' in field) {
    const name = readText(readObject(field['SingleHeader'], 'SingleHeader'), 'Name').toLowerCase()
    return (request) => findHeader(request, name)
  }
  throw new Error(`${Object.keys(field).join()} cannot be played here`)
}
