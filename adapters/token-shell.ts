import type { Environment, Settings } from '../core/settings/settings.ts'
import { openClientSecrets } from './client-secret.ts'
import type { Clock } from './clock.ts'
import { openConnections } from './connections.ts'
import { openCookieKeys } from './cookie-key.ts'
import { openEarlierUses } from './evidence/earlier-use.ts'
import { openExplanations } from './evidence/explanation.ts'
import { openLazyUseTable } from './evidence/lazy-use-table.ts'
import { openUserPoolConfig } from './evidence/user-pool-config.ts'
import { prepareRequests } from './initialization.ts'
import { openCookieExchange, type RequestExchange } from './refresh-cookie.ts'
import { type LeakJudge, openLeakJudge } from './secret-leak.ts'
import { openSecretsManager } from './secrets-manager.ts'
import { openShell, type Shell } from './shell.ts'
import type { WriteLines } from './standard-output.ts'
import { openTokenExchange } from './token-exchange.ts'

/** The shell of the function that gets and revokes tokens. */
export type TokenShell = Shell<{
  readonly settings: Settings
  readonly exchange: RequestExchange
  readonly judgeLeak: LeakJudge
  /** Uses the time in which Lambda initialises the sandbox; it never fails. */
  readonly initialize: (environment: Environment) => Promise<void>
}>

/** Opens secret, connections and evidence, which all requests of a process share. */
export function openTokenShell(
  environment: Environment,
  clock?: Clock,
  writeLines?: WriteLines,
): TokenShell {
  return openShell(environment, openParts, clock, writeLines)
}

function openParts(settings: Settings, clock: Clock) {
  const manager = openSecretsManager(settings.secretTimeoutMs)
  const table =
    settings.evidenceTable === '' ? undefined : openLazyUseTable(settings.evidenceTable, clock)
  const uses = openEarlierUses(clock, table)
  const poolConfig = openUserPoolConfig(loadDescriber, clock)
  const secrets = openClientSecrets(manager, settings, clock)
  const connections = openConnections(clock, settings)
  const exchange = openTokenExchange({
    secrets,
    connections,
    explanations: openExplanations(uses, poolConfig),
    clock,
    connectTimeoutMs: settings.connectTimeoutMs,
  })
  const cookies = {
    keys: openCookieKeys(manager, settings.cookieKeySecret, settings, clock),
    maxAgeSeconds: settings.cookieMaxAgeSeconds,
    cooldownSeconds: settings.secretRefetchCooldownSeconds,
  }
  return {
    settings,
    exchange: openCookieExchange(exchange, cookies),
    judgeLeak: openLeakJudge(secrets, settings.clients.values()),
    initialize: (environment: Environment) =>
      prepareRequests({ secrets, connections }, settings, environment, clock),
  }
}

/** A chunk of its own, which a success never loads. */
async function loadDescriber() {
  const { openPoolDescriber } = await import('./evidence/pool-describer.ts')
  return openPoolDescriber()
}
