import type { Client, Settings } from '../settings/settings.ts'

/** What rotates: the secret of an app client, or the key of the cookies. */
export type Target =
  | { readonly is: 'client'; readonly client: Client }
  | { readonly is: 'cookie_key'; readonly secretId: string }

/** Gives everything that can rotate under the settings. */
export function toTargets({
  clients,
  cookieKeySecret,
}: Pick<Settings, 'clients' | 'cookieKeySecret'>): readonly Target[] {
  const ofClients = [...clients.values()].map((client) => ({ is: 'client', client }) as const)
  if (cookieKeySecret === '') return ofClients
  return [...ofClients, { is: 'cookie_key', secretId: cookieKeySecret }]
}

/** Gives the name or ARN of the secret that rotates. */
export function toSecretId(target: Target): string {
  return target.is === 'client' ? target.client.secretId : target.secretId
}

/** What records and metrics call it. */
export function toTargetName(target: Target): string {
  return target.is === 'client' ? target.client.name : 'cookie-key'
}

/**
 * Whether a secret that is named in an event is the one that the settings name. Both may be a name or an ARN,
 * and an ARN has six random characters behind the name, which the settings may leave out.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html
 */
export function isSameSecret(configured: string, given: string): boolean {
  if (configured === given) return true
  const [here, there] = [split(configured), split(given)]
  if (here.prefix !== '' && there.prefix !== '' && here.prefix !== there.prefix) return false
  if (isLonger(there, here) || isLonger(here, there)) return true
  // The ARN in an event is whole, so its end is never that of a name.
  const isCut = there.prefix === '' || here.prefix !== ''
  return isCut && here.name === there.name
}

/** Whether another client of the settings has the same secret, which no rotation could replace for both. */
export function isShared(target: Target, targets: readonly Target[]): boolean {
  const secretId = toSecretId(target)
  const same = targets.filter(
    (one) => isSameSecret(toSecretId(one), secretId) || isSameSecret(secretId, toSecretId(one)),
  )
  return same.length > 1
}

interface Split {
  readonly prefix: string
  readonly name: string
}

function split(secretId: string): Split {
  const match = /^(arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:)(.*)$/.exec(secretId)
  return { prefix: match?.[1] ?? '', name: match?.[2] ?? secretId }
}

/** Whether one is an ARN with its random end, and the other has the same name without. */
function isLonger(longer: Split, shorter: Split): boolean {
  const end = longer.name.slice(shorter.name.length)
  return (
    longer.prefix !== '' && longer.name.startsWith(shorter.name) && /^-[A-Za-z0-9]{6}$/.test(end)
  )
}
