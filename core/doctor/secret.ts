import { type CauseName, type Failure, toCause } from '../causes/catalogue.ts'
import { isChangedAtCognito } from '../diagnosis/changed-at-cognito.ts'
import { isOriginalActive } from '../diagnosis/original-secret.ts'
import type { Client } from '../settings/settings.ts'
import { toAddCommand, toAllowCommand, toRestoreCommand, toStoreCommand } from './command.ts'
import type { Findings, InspectedClient, Verdict } from './findings.ts'
import { pass, rejectFailure } from './verdict.ts'

/** What fixes something, where it is not the fix of the cause alone. */
export type Fix = Pick<Verdict, 'command' | 'fix'>

const mixUp =
  'secretId may be wrong: the secret contains the id of another app client. Correct secretId. Only if nothing else uses that secret, store the secret of this app client in it.'
const added =
  'Cognito no longer shows the secret of this app client, so the command adds a second one and stores that.'
const twoSecrets =
  'Cognito no longer shows the secrets of this app client. If it has two, delete the one that nobody uses; then run the doctor again.'
const noValue =
  "The secret exists and holds no value yet: store the app client's secret in it. It must not be created again."
const changed =
  'All active secrets are younger than the stored one, so somebody has probably changed them in Cognito: a rotation heals it.'
const badName = 'Set secretId to a name that a secret can have.'
const lostArn = 'Set secretId to the ARN of an existing secret; a new secret gets another ARN.'

/** Says how the app client's secret is stored, and that it replaces what may be something else's. */
export function toStoreFix(findings: Findings, cause: CauseName): Fix {
  const { activeSecrets, storedAtMs } = findings
  const isChanged = activeSecrets.ok && isChangedAtCognito(activeSecrets.value, storedAtMs)
  const why = isChanged ? `${changed} ` : ''
  const fix = `${why}${toCause(cause).fix} First make sure that secretId is right: the command replaces the stored secret.`
  return chooseStore(findings, fix, false)
}

/**
 * Chooses how a secret of the app client comes into Secrets Manager: from where Cognito describes it, or, where
 * it does not, by adding another one, which it shows once. Of two that nobody can read, one has to go first.
 * What is described while the list shows no secret as old as the app client may be one that was deleted.
 */
function chooseStore(
  { client, secretsRegion, appClient, activeSecrets, isConfigured }: Findings,
  fix: string,
  isNew: boolean,
): Fix {
  const imports = toImportHint(client, isConfigured)
  if (!appClient.ok || isDescribedActive(appClient.value, activeSecrets)) {
    return { fix: `${fix}${imports}`, command: toStoreCommand(client, isNew, secretsRegion) }
  }
  const isFull = !activeSecrets.ok || activeSecrets.value.count !== 1
  return isFull
    ? { fix: `${fix} ${twoSecrets}` }
    : { fix: `${fix} ${added}${imports}`, command: toAddCommand(client, isNew, secretsRegion) }
}

/** The command that does the same and also proves the value; it needs the settings, and the pool in them. */
function toImportHint({ name, userPoolId }: Client, isConfigured: boolean): string {
  if (!isConfigured || userPoolId === undefined) return ''
  return ` Instead of the command you can run npm run secret -- import --client ${name} (add --stage as for the doctor): it also proves that the value works.`
}

/** Without a usable list there is no reason to doubt what is described. */
function isDescribedActive(
  appClient: InspectedClient,
  activeSecrets: Findings['activeSecrets'],
): boolean {
  if (appClient.secret === undefined) return false
  const oldest = activeSecrets.ok ? activeSecrets.value.oldestAtSeconds : undefined
  if (!activeSecrets.ok || oldest === undefined || appClient.createdAtSeconds === undefined)
    return true
  return isOriginalActive(appClient, activeSecrets.value)
}

type FixSecret = (findings: Findings, failure: Failure) => Fix

const secretFixes: { readonly [N in CauseName]?: FixSecret } = {
  secret_not_found: (findings, { cause, evidence }) => {
    const { client, secretsRegion } = findings
    if (evidence.includes('name_invalid')) return { fix: badName }
    if (evidence.includes('marked_for_deletion')) {
      return { command: toRestoreCommand(client.secretId, secretsRegion) }
    }
    if (toStoreCommand(client, true, secretsRegion) === undefined) return { fix: lostArn }
    return isWithoutSecret(findings) ? {} : chooseStore(findings, toCause(cause).fix, true)
  },
  // Where there is more to say of a denial, it is not the role's policy that lacks anything.
  secret_access_denied: ({ client }, { evidence }) =>
    evidence.length === 0
      ? { command: toAllowCommand(client.secretId, `read-secret-of-${client.name}`) }
      : {},
  secret_malformed: (findings, { cause, evidence }) => {
    if (evidence.includes('client_id_differs')) return { fix: mixUp }
    if (isWithoutSecret(findings)) return {}
    return evidence.includes('value_missing')
      ? chooseStore(findings, noValue, false)
      : toStoreFix(findings, cause)
  },
}

/** Of an app client that is public, or not there, no secret can be stored. */
function isWithoutSecret({ appClient, activeSecrets }: Findings): boolean {
  if (!appClient.ok) return appClient.why === 'absent'
  return appClient.value.secret === undefined && activeSecrets.ok && activeSecrets.value.count === 0
}

function rejectSecret(failure: Failure, findings: Findings): Verdict {
  return rejectFailure(failure, secretFixes[failure.cause]?.(findings, failure))
}

/** Judges whether the stored secret could be read, whatever it holds. */
export function judgeSecretReadable(findings: Findings): Verdict {
  const { secret, client } = findings
  if (secret.ok || secret.cause === 'secret_malformed') return pass(`read ${client.secretId}`)
  return rejectSecret(secret, findings)
}

/** Judges whether the stored secret has the form of one. */
export function judgeSecretForm(findings: Findings): Verdict {
  const { secret } = findings
  return secret.ok ? pass('holds a client secret') : rejectSecret(secret, findings)
}
