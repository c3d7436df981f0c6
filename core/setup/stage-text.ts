import type { ClientEntry } from './answers.ts'

/** The fields of a stage file as they are in JSON. */
export type StageValue = Readonly<Record<string, unknown>>

/** A stage file with a client in it, and what changes by that, in sentences. */
export interface StageChange {
  readonly value: StageValue
  /** Empty where the file has all of it already. */
  readonly changes: readonly string[]
}

/** The clients of a stage file; what is none of them is left to the check of the stage. */
export function toEntries(stage: StageValue | undefined): readonly ClientEntry[] {
  const clients = stage?.['clients']
  if (!Array.isArray(clients)) return []
  return clients.filter((one) => typeof one === 'object' && one !== null)
}

/**
 * Puts a client into a stage: a new one at the end, one that is there in its place. Everything else stays as it
 * is. The field that an editor finds the schema by is added where it is missing.
 *
 * @param stage undefined where there is no file yet
 * @param further fields of the stage itself to set, such as `alarmEmails`
 */
export function changeStage(
  stage: StageValue | undefined,
  entry: ClientEntry,
  region: string,
  further: StageValue,
): StageChange {
  const base = stage ?? { $schema: './stage.schema.json', region, clients: [] }
  const entries = toEntries(base)
  const before = entries.find(({ clientId }) => clientId === entry['clientId'])
  const clients =
    before === undefined
      ? [...entries, entry]
      : entries.map((one) => (one === before ? entry : one))
  const value = { ...base, clients, ...further }
  return {
    value,
    changes: [
      ...(stage === undefined ? [`makes the stage, in ${region}`] : []),
      ...(before === undefined
        ? [`adds the client ${entry['name']}`]
        : toDifferences(before, entry)),
      ...(stage === undefined ? [] : toStageDifferences(stage, further)),
    ],
  }
}

function toDifferences(before: ClientEntry, after: ClientEntry): readonly string[] {
  return Object.keys(after)
    .filter((field) => !isSame(before[field], after[field]))
    .map((field) =>
      field in before
        ? `changes ${field} of the client ${after['name']}`
        : `adds ${field} to the client ${after['name']}`,
    )
}

function toStageDifferences(before: StageValue, further: StageValue): readonly string[] {
  return Object.keys(further)
    .filter((field) => !isSame(before[field], further[field]))
    .map((field) => `${field in before ? 'changes' : 'adds'} ${field}`)
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
