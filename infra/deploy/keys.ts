import { parseJson } from '../../core/json.ts'
import { type KeyField, type KeyUse, toKeyUse } from '../account/keys.ts'
import { type Judged, type Looked, skip, stop, well } from './judged.ts'

/** A KMS key that a field of the stage names. */
export interface NamedKey {
  readonly field: KeyField
  readonly arn: string
}

/** What KMS says of a key: its state, such as `Enabled`, and its policy; undefined where there is no such key. */
export interface KeyState {
  readonly state: string
  readonly policy: Looked<string>
}

/** Judges whether a key can be used, as far as its state and its policy say. */
export function judgeKey({ field, arn }: NamedKey, found: Looked<KeyState | undefined>): Judged {
  if (!found.ok) return skip(`the key of ${field}`, found.error)
  if (found.value === undefined) {
    return stop(`the key of ${field} does not exist: ${arn}`, `Correct ${field} of the stage.`)
  }
  const { state, policy } = found.value
  if (state !== 'Enabled') {
    return stop(
      `the key of ${field} cannot be used (${state})`,
      `Run aws kms enable-key --region ${arn.split(':')[3]} --key-id ${arn}, or cancel its deletion first.`,
    )
  }
  const use = toKeyUse(field, arn)
  if (use === undefined) return well
  if (!policy.ok) return skip(`the policy of the key of ${field}`, policy.error)
  if (isAllowed(policy.value, use)) return well
  return stop(
    `the policy of the key of ${field} does not let ${use.principal} use it`,
    `Add this statement to it: ${JSON.stringify(toStatement(use))}`,
  )
}

/** The statement that a policy lacks. */
export function toStatement({ principal, actions, condition }: KeyUse) {
  return {
    Effect: 'Allow',
    Principal: { Service: principal },
    Action: actions,
    Resource: '*',
    Condition: condition,
  }
}

/** Conditions are not looked at: a statement with a wrong one counts as one that allows. */
function isAllowed(policy: string, { principal, actions }: KeyUse): boolean {
  const statements = toList(toObject(parseJson(policy))['Statement']).map(toObject)
  const granted = statements
    .filter((statement) => statement['Effect'] === 'Allow' && hasPrincipal(statement, principal))
    .flatMap((statement) => toList(statement['Action']).map(String))
  return actions.every((action) => granted.some((one) => covers(one, action)))
}

function hasPrincipal(statement: Fields, principal: string): boolean {
  const given = statement['Principal']
  const services = toList(toObject(given)['Service'])
  return given === '*' || services.includes(principal)
}

/** An action that ends in a star covers every one that begins like it. */
function covers(granted: string, action: string): boolean {
  return granted.endsWith('*') ? action.startsWith(granted.slice(0, -1)) : granted === action
}

type Fields = Readonly<Record<string, unknown>>

function toObject(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function toList(value: unknown): readonly unknown[] {
  return value === undefined ? [] : [value].flat()
}
