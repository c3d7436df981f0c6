import type { Result } from '../../core/causes/catalogue.ts'
import { parseCookieKey } from '../../core/cookie-key.ts'
import type { PoolPart } from '../../core/diagnosis/pool-evidence.ts'
import { isProbeWanted, judgeFindings, type Told } from '../../core/doctor/checks.ts'
import type { Findings, InspectedCookieKey, Reading } from '../../core/doctor/findings.ts'
import { type ClientReport, toReport } from '../../core/doctor/report.ts'
import { askLimitsMs } from '../../core/doctor/round.ts'
import type { Client, Settings } from '../../core/settings/settings.ts'
import { parseStoredSecret } from '../../core/stored-secret.ts'
import type { Clock } from '../clock.ts'
import { openPoolDescriber, type PoolDescriber } from '../evidence/pool-describer.ts'
import { openConnections } from '../http/connections.ts'
import {
  openSecretsManager,
  type SecretStage,
  type SecretsManager,
  type StoredVersion,
} from '../secrets-manager.ts'
import { waitWithin } from '../time-limit.ts'
import { askDomain } from './domain-answer.ts'
import { askWithJunkCode } from './live-probe.ts'
import { askHealth } from './public-answer.ts'

/** The text of a stored secret, and when it was stored. */
type StoredText = Pick<StoredVersion, 'text' | 'createdAtMs'>

/** What takes the place of the settings, where somebody asks about an app client that has none. */
export interface GivenToDoctor {
  /** Gives the text of the secret; without it, Secrets Manager does. */
  readonly readSecret?: () => Promise<Result<StoredText>>
  readonly toTold?: (findings: Pick<Findings, 'appClient'>) => Told
}

/** Checks configured clients against their real user pools; it only reads. */
export interface Doctor {
  /** Makes every check of one client, within ten seconds. */
  readonly check: (client: Client, given?: GivenToDoctor) => Promise<ClientReport>
  readonly close: () => void
}

/** Opens the doctor. Nothing is kept from one check to the next: it must see what is so now. */
export function openDoctor(
  settings: Pick<
    Settings,
    | ('secretTimeoutMs' | 'deadlineMs' | 'idleConnectionMs' | 'mostInFlight')
    | ('cookieKeySecret' | 'publicUrl' | 'edgeKeyDigests')
  >,
  clock: Clock,
): Doctor {
  const secretMs = Math.min(askLimitsMs.firstAsks, settings.secretTimeoutMs)
  const manager = openSecretsManager(secretMs)
  const describer = openPoolDescriber()
  const connections = openConnections(clock, settings)
  const ask = async (
    client: Client,
    { readSecret = () => manager.readVersion(client.secretId, secretMs), toTold }: GivenToDoctor,
  ): Promise<Omit<Findings, 'probe'>> => {
    const isInCookie = client.refreshToken === 'cookie'
    const isBehindEdge = settings.edgeKeyDigests !== ''
    const secretsRegion = await manager.region()
    const [stored, cookieKey, publicAnswer, domainAnswer, appClient, activeSecrets, pool, domain] =
      await Promise.all([
        readSecret(),
        isInCookie ? inspectCookieKey(manager, settings.cookieKeySecret, secretMs) : undefined,
        isBehindEdge ? askHealth(settings.publicUrl, askLimitsMs.firstAsks) : undefined,
        askDomain(client.domain, askLimitsMs.firstAsks, clock),
        inspect(describer, 'client', client),
        inspect(describer, 'activeSecrets', client),
        inspect(describer, 'pool', client),
        inspect(describer, 'domain', client),
      ])
    const isConfigured = toTold === undefined
    const described = { domainAnswer, appClient, activeSecrets, pool, domain }
    const own = { client, ...toFoundSecret(stored, client), secretsRegion, isConfigured }
    return { ...own, cookieKey, publicAnswer, ...described }
  }
  return {
    check: async (client, given = {}) => {
      const found = await ask(client, given)
      const { secret } = found
      const isWanted = isProbeWanted({ ...found, probe: undefined })
      const timeoutMs = Math.min(askLimitsMs.probe, settings.deadlineMs)
      const probe =
        isWanted && secret.ok
          ? await askWithJunkCode(found, secret.value, timeoutMs, connections, clock)
          : undefined
      return toReport(client.name, judgeFindings({ ...found, probe }, given.toTold?.(found)))
    },
    close: () => {
      manager.close()
      describer.close()
      connections.close()
    },
  }
}

function toFoundSecret(stored: Result<StoredText>, { clientId }: Client) {
  const secret = stored.ok ? parseStoredSecret(stored.value.text, clientId) : stored
  return { secret, storedAtMs: (stored.ok && stored.value.createdAtMs) || undefined }
}

async function inspectCookieKey(
  manager: SecretsManager,
  secretId: string,
  timeoutMs: number,
): Promise<InspectedCookieKey> {
  const read = async (stage: SecretStage) => {
    const text = await manager.read(secretId, timeoutMs, stage)
    return text.ok ? parseCookieKey(text.value) : text
  }
  const [current, previous] = await Promise.all([read('AWSCURRENT'), read('AWSPREVIOUS')])
  return { secretId, current, previous }
}

/** Does not wait for an SDK that ignores its signal, either. */
async function inspect<P extends PoolPart>(describer: PoolDescriber, part: P, client: Client) {
  const abort = new AbortController()
  return waitWithin(
    describer.inspect(part, client, abort.signal),
    askLimitsMs.firstAsks,
    (): Reading<never> => {
      abort.abort()
      return { ok: false, why: 'unanswered' }
    },
  )
}
