import type { RecordField } from '../../../core/record.ts'

/** A request record of the proxy, as far as these pages show it by field. */
export interface RequestRecord {
  readonly at: Date
  readonly requestId: string | undefined
  readonly outcome: string | undefined
  readonly cause: string | undefined
  readonly fault: string | undefined
  readonly certainty: string | undefined
  readonly fix: string | undefined
  /** The other possible causes. */
  readonly candidates: readonly string[]
  /** The evidence, as slugs. */
  readonly evidence: readonly string[]
  readonly client: string | undefined
  readonly grantType: string | undefined
  readonly status: number | undefined
  readonly tookMs: number | undefined
  /** Every field as logged. */
  readonly whole: object
}

/** Reads a log line that was parsed from JSON; undefined when it is no object. */
export const toRequestRecord = (line: unknown): RequestRecord | undefined => {
  if (typeof line !== 'object' || line === null) return undefined
  const text = (name: RecordField | 'timestamp'): string | undefined => {
    const value: unknown = Reflect.get(line, name)
    return typeof value === 'string' ? value : undefined
  }
  const number = (name: RecordField): number | undefined => {
    const value: unknown = Reflect.get(line, name)
    return typeof value === 'number' ? value : undefined
  }
  const texts = (name: RecordField): readonly string[] => {
    const value: unknown = Reflect.get(line, name)
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  }
  const logged = new Date(text('timestamp') ?? '')
  return {
    at: Number.isNaN(logged.getTime()) ? new Date() : logged,
    requestId: text('request_id'),
    outcome: text('outcome'),
    cause: text('cause'),
    fault: text('fault'),
    certainty: text('certainty'),
    fix: text('fix'),
    candidates: texts('candidates'),
    evidence: texts('evidence'),
    client: text('client'),
    // A success without a grant, such as a revocation, has the name that its metrics have.
    grantType: text('grant_type') === 'none' ? undefined : text('grant_type'),
    status: number('status'),
    tookMs: number('total_ms'),
    whole: line,
  }
}

/** Describes the other possible causes and the evidence of a record. */
export const sayFindings = ({ candidates, evidence }: RequestRecord): readonly string[] => [
  ...(candidates.length === 0 ? [] : [`could be: ${candidates.join(', ')}`]),
  ...(evidence.length === 0 ? [] : [`evidence: ${evidence.join(', ')}`]),
]

/** Writes the time of day with seconds, as the visitor's clock shows it. */
export const timeOfDay = (at: Date): string => at.toLocaleTimeString(undefined, { hour12: false })
