import { fail } from '../../core/causes/catalogue.ts'
import { toFixByFlags } from '../../core/doctor/fix-by-flags.ts'
import { type ClientReport, toReport } from '../../core/doctor/report.ts'
import { askLimitsMs } from '../../core/doctor/round.ts'
import { reject } from '../../core/doctor/verdict.ts'
import {
  type NamedClient,
  toNamedClient,
  toToldVerdicts,
} from '../../core/doctor/without-settings.ts'
import type { Client } from '../../core/settings/client.ts'
import { numberSettings } from '../../core/settings/table.ts'
import { type Clock, systemClock } from '../clock.ts'
import { openPoolDescriber } from '../evidence/pool-describer.ts'
import { openDoctor } from './doctor.ts'
import { askPoolDomain } from './pool-domain.ts'

/** What a command line asks about an app client that no settings know. */
export interface AskedClient extends Omit<NamedClient, 'domain'> {
  /** Undefined: the domain of its user pool. */
  readonly domain: string | undefined
  /** The secret itself, if it is not in Secrets Manager. */
  readonly secretText: string | undefined
}

/** The report about an app client, or why it could not be checked. */
export type NamedReport =
  | { readonly ok: true; readonly report: ClientReport }
  | { readonly ok: false; readonly problems: readonly string[] }

const name = 'app-client'

/**
 * Checks an app client of any user pool with read-only rights, without settings and without a deployment. It
 * makes the checks of the doctor, with a client that is made of the flags and of the app client itself.
 */
export async function checkNamedClient(
  asked: AskedClient,
  clock: Clock = systemClock,
): Promise<NamedReport> {
  const found = asked.domain === undefined ? await askPoolDomain(asked.userPoolId) : undefined
  if (found?.ok === false && found.why !== 'absent') {
    return { ok: false, problems: [unread[found.why === 'denied' ? 'denied' : 'unanswered']] }
  }
  const domain = asked.domain ?? (found?.ok ? found.value : undefined)
  if (domain === undefined) return { ok: true, report: toMissingReport(asked, found?.ok === true) }
  const described = await describe({ ...asked, domain })
  const made = toNamedClient({ ...asked, domain }, described)
  return made.ok ? { ok: true, report: await check(asked, made.client, clock) } : made
}

const unread = {
  denied:
    'no permission to read the user pool: allow cognito-idp:DescribeUserPool, or give --domain',
  unanswered: 'Cognito did not answer: try again, or give --domain',
} as const

function toMissingReport({ userPoolId }: AskedClient, isThere: boolean): ClientReport {
  const verdict = isThere
    ? reject('domain_not_found', `${userPoolId} has no domain, so that there is no token endpoint`)
    : reject(
        'user_pool_not_found',
        `there is no user pool ${userPoolId} in this account and Region`,
      )
  return toReport(name, [
    { name: isThere ? 'domain_resolves' : 'client_exists', ...toFixByFlags(verdict) },
  ])
}

async function describe(named: NamedClient) {
  const made = toNamedClient(named, undefined)
  if (!made.ok) return undefined
  const describer = openPoolDescriber()
  const signal = AbortSignal.timeout(askLimitsMs.firstAsks)
  const reading = await describer.inspect('client', made.client, signal)
  describer.close()
  return reading.ok ? reading.value : undefined
}

/** A secret that was never stored has no date. */
function toGiven(text: string) {
  return { text, createdAtMs: 0 }
}

async function check(asked: AskedClient, client: Client, clock: Clock): Promise<ClientReport> {
  const { secretTimeoutMs, deadlineMs, idleConnectionMs, mostInFlight } = numberSettings
  const doctor = openDoctor(
    {
      secretTimeoutMs: secretTimeoutMs.byDefault,
      deadlineMs: deadlineMs.byDefault,
      idleConnectionMs: idleConnectionMs.byDefault,
      mostInFlight: mostInFlight.byDefault,
      ...{ cookieKeySecret: '', publicUrl: '', edgeKeyDigests: '' },
    },
    clock,
  )
  const { secretText, secretId, redirectUri } = asked
  const given = {
    hasSecret: secretText !== undefined || secretId !== undefined,
    hasRedirectUri: redirectUri !== undefined,
  }
  const report = await doctor.check(client, {
    ...(secretId === undefined && {
      readSecret: async () =>
        secretText === undefined
          ? fail('secret_not_found')
          : { ok: true, value: toGiven(secretText) },
    }),
    toTold: (findings) => toToldVerdicts(findings, given),
  })
  doctor.close()
  return report
}
