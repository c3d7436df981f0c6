import { parseSettings, type Settings } from '../core/settings/settings.ts'
import { clientsVariable, numberSettings, textSettings } from '../core/settings/table.ts'

/** One deployment, checked and with every default filled in. */
export interface Stage {
  readonly region: string
  readonly logRetentionDays: number
  readonly memoryMb: number
  readonly reservedConcurrency: number
  /** Whether the stack has a table of used codes and refresh tokens. */
  readonly evidenceTable: boolean
  /** Whether the functions may look up which pool owns a domain; IAM grants this for all domains or none. */
  readonly diagnoseDomain: boolean
  /** Whether the doctor makes rounds on a schedule. */
  readonly doctorSchedule: boolean
  /** The e-mail addresses that get every alarm and every page. */
  readonly alarmEmails: readonly string[]
  /** The environment of the functions, except for the table's name, which is known only after its creation. */
  readonly environment: Readonly<Record<string, string>>
  /** What the functions will read from it. */
  readonly settings: Settings
}

/** A stage that can be deployed, or everything that is wrong with it. */
export type ParsedStage =
  | { readonly ok: true; readonly stage: Stage }
  | { readonly ok: false; readonly problems: readonly string[] }

type Fields = Readonly<Record<string, unknown>>
type Note = (problem: string) => void

/** Every retention that CloudWatch Logs supports. */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
]
const regionForm = /^[a-z]{2}(?:-[a-z]+)+-\d$/
/** Lambda's limit for all variables of a function together, measured as JSON. */
const mostEnvironmentBytes = 4096

/** CloudFormation names a table STACK-TABLE-RANDOM: at most 44, 13 and 13 characters and two hyphens. */
const tableNameBytes = 72

const { evidenceTable, ...plainTexts } = textSettings
const functionSettings = { ...numberSettings, ...plainTexts }
const ownFields = [
  ...['region', 'clients', 'logRetentionDays', 'memoryMb', 'reservedConcurrency'],
  ...['evidenceTable', 'diagnoseDomain', 'doctorSchedule', 'alarmEmails'],
]

/**
 * Reads a stage file and reports every problem at once. It uses the functions' own check of their
 * environment, so that nothing is deployed that they would refuse. Besides its own fields, a stage file may
 * contain any setting of the functions under its name in the settings table.
 *
 * @param name the name of the stage, which separates its metrics from those of other stages in the account;
 *   empty if there is no other
 */
export function parseStage(value: unknown, name = ''): ParsedStage {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, problems: ['the stage must be a JSON object'] }
  }
  const fields: Fields = { ...value }
  const problems: string[] = []
  const note = (problem: string) => problems.push(problem)
  for (const field of Object.keys(fields)) {
    const isKnown = ownFields.includes(field) || Object.hasOwn(functionSettings, field)
    if (!isKnown) note(`${field} is not known`)
  }
  const own = {
    region: readRegion(fields, note),
    logRetentionDays: readRetention(fields, note),
    memoryMb: readWhole(fields, 'memoryMb', memoryBounds, note),
    reservedConcurrency: readWhole(fields, 'reservedConcurrency', concurrencyBounds, note),
    evidenceTable: readSwitch(fields, 'evidenceTable', false, note),
    diagnoseDomain: readSwitch(fields, 'diagnoseDomain', false, note),
    doctorSchedule: readSwitch(fields, 'doctorSchedule', true, note),
    alarmEmails: readEmails(fields, note),
  }
  const environment = toEnvironment({ ...toNamedService(name), ...fields }, note)
  noteSize(environment, own.evidenceTable, note)
  const parsed = parseSettings(environment)
  if (parsed.ok && problems.length === 0) {
    return { ok: true, stage: { ...own, environment, settings: parsed.settings } }
  }
  return { ok: false, problems: [...problems, ...(parsed.ok ? [] : parsed.problems)] }
}

/** What distinguishes two stages of one account and Region in metrics and alarms. */
function toNamedService(stageName: string): Fields {
  return stageName === '' ? {} : { service: `${textSettings.service.byDefault}-${stageName}` }
}

function toEnvironment(fields: Fields, note: Note): Readonly<Record<string, string>> {
  // The code needs no `__proto__`; without it, there is one way less to pollute a prototype.
  const environment: Record<string, string> = { NODE_OPTIONS: '--disable-proto=delete' }
  if (fields['clients'] !== undefined) {
    environment[clientsVariable] = JSON.stringify(fields['clients'])
  }
  for (const [name, setting] of Object.entries(functionSettings)) {
    const value = fields[name]
    if (value === undefined || value === '') continue
    if (typeof value === 'string' || typeof value === 'number') {
      environment[setting.variable] = String(value)
    } else note(`${name} must be a number or a text`)
  }
  return environment
}

function noteSize(environment: Stage['environment'], hasTable: boolean, note: Note): void {
  const named = hasTable ? { [evidenceTable.variable]: 'x'.repeat(tableNameBytes) } : {}
  const text = JSON.stringify({ ...environment, ...named })
  const bytes = new TextEncoder().encode(text).length
  if (bytes > mostEnvironmentBytes) {
    note(`the settings are ${bytes} bytes, and Lambda takes ${mostEnvironmentBytes}`)
  }
}

function readRegion(fields: Fields, note: Note): string {
  const region = fields['region']
  if (typeof region === 'string' && regionForm.test(region)) return region
  note('region must name an AWS Region')
  return ''
}

function readRetention(fields: Fields, note: Note): number {
  const days = fields['logRetentionDays'] ?? 30
  if (typeof days === 'number' && retentionDays.includes(days)) return days
  note(`logRetentionDays must be one of ${retentionDays.join(', ')}`)
  return 0
}

interface Bounds {
  readonly byDefault: number
  /** Both ends are allowed. */
  readonly least: number
  readonly most: number
}

const memoryBounds: Bounds = { byDefault: 512, least: 128, most: 10_240 }
const concurrencyBounds: Bounds = { byDefault: 20, least: 1, most: 1000 }

function readWhole(fields: Fields, name: string, bounds: Bounds, note: Note): number {
  const value = fields[name] ?? bounds.byDefault
  if (typeof value === 'number' && Number.isInteger(value)) {
    if (value >= bounds.least && value <= bounds.most) return value
  }
  note(`${name} must be a whole number from ${bounds.least} to ${bounds.most}`)
  return 0
}

function readSwitch(fields: Fields, name: string, byDefault: boolean, note: Note): boolean {
  const value = fields[name] ?? byDefault
  if (typeof value === 'boolean') return value
  note(`${name} must be true or false`)
  return false
}

const emailForm = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

function readEmails(fields: Fields, note: Note): readonly string[] {
  const emails = fields['alarmEmails'] ?? []
  const isEmail = (one: unknown) => typeof one === 'string' && emailForm.test(one)
  if (Array.isArray(emails) && emails.every(isEmail)) return [...new Set<string>(emails)]
  note('alarmEmails must be a list of e-mail addresses')
  return []
}
