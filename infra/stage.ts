import { isShared, toTargetName, toTargets } from '../core/rotation/target.ts'
import { readFields, type ValuesOf } from '../core/settings/field.ts'
import { parseSettings, type Settings } from '../core/settings/settings.ts'
import { clientsVariable, numberSettings, textSettings } from '../core/settings/table.ts'
import { noteForeignKeys } from './account/keys.ts'
import { choosePublicUrl, noteDomainProblems } from './domain/address.ts'
import { noteEdgeProblems } from './edge/problems.ts'
import { noteUnreservable } from './gradual/fields.ts'
import { noteFailoverProblems } from './regions/failover-rules.ts'
import { findSiteProblem } from './site/fields.ts'
import { stageFields } from './stage-fields.ts'

/** One deployment, checked and with every default filled in. */
export interface Stage extends ValuesOf<typeof stageFields> {
  /** What its stack, functions and log groups are named after. */
  readonly name: string
  /** The environment of the functions, except for the table's name, which is known only after its creation. */
  readonly environment: Readonly<Record<string, string>>
  /** What the functions will read from it. */
  readonly settings: Settings
  /** The built script of the canary; whoever makes the template hands it in. */
  readonly canaryScript?: string
  /** The Region of the stage that `replicaOf` names; whoever has read its file hands it in. */
  readonly primaryRegion?: string | undefined
}

/** A stage that can be deployed, or everything that is wrong with it. */
export type ParsedStage =
  | { readonly ok: true; readonly stage: Stage }
  | { readonly ok: false; readonly problems: readonly string[] }

type Fields = Readonly<Record<string, unknown>>
type Note = (problem: string) => void

/** Lambda's limit for all variables of a function together, measured as JSON. */
const mostEnvironmentBytes = 4096

/** CloudFormation names a table STACK-TABLE-RANDOM: at most 44, 13 and 13 characters and two hyphens. */
const tableNameBytes = 72
/** Two digests in hex, and a comma. */
const digestsBytes = 129

/** More than `https://`, a name that CloudFront gives, and `/runbook`. */
const siteAddressBytes = 64

const { evidenceTable, ...plainTexts } = textSettings
const { publicUrl, runbookUrl } = plainTexts
const functionSettings = { ...numberSettings, ...plainTexts }

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
    const isKnown = [stageFields, functionSettings].some((table) => Object.hasOwn(table, field))
    if (!isKnown && field !== 'clients' && field !== '$schema') note(`${field} is not known`)
  }
  const own = readFields(stageFields, fields, (field, problem) => note(`${field} ${problem}`))
  const unusable: string[] = []
  noteDomainProblems(own, note)
  noteEdgeProblems(own, fields['edgeKeyDigests'], note)
  noteFailoverProblems(own, note)
  const publicAddress = { publicUrl: choosePublicUrl(own, fields['publicUrl'], note) }
  const all = { ...toNamedService(name), ...fields, ...publicAddress }
  const environment = toEnvironment(all, (field, variable) => {
    note(`${field} must be a number or a text`)
    unusable.push(variable)
  })
  noteSize({ ...environment, ...toLaterVariables(own, environment) }, note)
  const siteProblem = findSiteProblem(own.site, own.region)
  if (siteProblem !== undefined) note(siteProblem)
  noteForeignKeys(own, note)
  noteUnreservable(own, note)
  const isNamed = own.domainName !== undefined || environment[publicUrl.variable] !== undefined
  if (own.disableExecuteApiEndpoint && !isNamed) {
    note(
      'disableExecuteApiEndpoint needs domainName or publicUrl: without them, no address would lead to the API',
    )
  }
  const parsed = parseSettings(environment, unusable)
  if (parsed.ok && own.rotateSecretsDays > 0) noteUnrotatable(parsed.settings, note)
  if (parsed.ok && problems.length === 0) {
    return { ok: true, stage: { ...own, name, environment, settings: parsed.settings } }
  }
  return { ok: false, problems: [...problems, ...(parsed.ok ? [] : parsed.problems)] }
}

/** A secret is replaced in the user pool, too, which must be known for that, and for one app client. */
function noteUnrotatable(settings: Settings, note: Note): void {
  const targets = toTargets(settings)
  for (const target of targets) {
    const name = toTargetName(target)
    if (target.is === 'client' && target.client.userPoolId === undefined) {
      note(`rotateSecretsDays needs userPoolId of the client ${name}`)
    }
    if (isShared(target, targets)) note(`rotateSecretsDays needs a secret of its own for ${name}`)
  }
}

/** What distinguishes two stages of one account and Region in metrics and alarms. */
function toNamedService(stageName: string): Fields {
  return stageName === '' ? {} : { service: `${textSettings.service.byDefault}-${stageName}` }
}

function toEnvironment(
  fields: Fields,
  refuse: (field: string, variable: string) => void,
): Readonly<Record<string, string>> {
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
    } else refuse(name, setting.variable)
  }
  return environment
}

/** Stands for the variables that only a deployment fills in, with the longest values that they can have. */
function toLaterVariables(
  own: Pick<Stage, 'evidenceTable' | 'edge' | 'site'>,
  environment: Stage['environment'],
): Stage['environment'] {
  const later = [
    ...(own.evidenceTable ? [[evidenceTable.variable, tableNameBytes] as const] : []),
    ...(own.edge === 'required'
      ? [[textSettings.edgeKeyDigests.variable, digestsBytes] as const]
      : []),
    ...(own.site ? [[runbookUrl.variable, siteAddressBytes] as const] : []),
  ].filter(([variable]) => environment[variable] === undefined)
  return Object.fromEntries(later.map(([variable, bytes]) => [variable, 'x'.repeat(bytes)]))
}

function noteSize(environment: Fields, note: Note): void {
  const bytes = new TextEncoder().encode(JSON.stringify(environment)).length
  if (bytes > mostEnvironmentBytes) {
    note(`the settings are ${bytes} bytes, and Lambda takes ${mostEnvironmentBytes}`)
  }
}
