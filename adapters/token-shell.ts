import type { Environment, Settings } from '../core/settings/settings.ts'
import { type ClientSecrets, openClientSecrets } from './client-secret.ts'
import type { Clock } from './clock.ts'
import { type EdgeJudge, openEdgeJudge } from './edge-key.ts'
import { openEarlierUses } from './evidence/earlier-use.ts'
import { openExplanations } from './evidence/explanation.ts'
import { openLazyUseTable } from './evidence/lazy-use-table.ts'
import type { ExplainRefusal } from './evidence/refusal.ts'
import { openConnections } from './http/connections.ts'
import { prepareRequests } from './initialization.ts'
import { openRequestExchange, type RequestExchange } from './request-exchange.ts'
import { type LeakJudge, openLeakJudge } from './secret-leak.ts'
import { openSecretsManager, type SecretsManager } from './secrets-manager.ts'
import { openShell, type Shell } from './shell.ts'
import type { WriteLines } from './standard-output.ts'
import { openTokenExchange, type TokenExchange } from './token-exchange.ts'

/** The shell of the function that gets and revokes tokens. */
export type TokenShell = Shell<{
  readonly settings: Settings
  readonly exchange: RequestExchange
  readonly judgeEdge: EdgeJudge
  readonly judgeLeak: LeakJudge
  /** Uses the time in which Lambda initialises the sandbox; it never fails. */
  readonly initialize: (environment: Environment, rehearse: () => Promise<unknown>) => Promise<void>
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
  const secrets = openClientSecrets(manager, settings, clock)
  const connections = openConnections(clock, settings)
  const exchange = openTokenExchange({
    secrets,
    connections,
    explanations: openExplanations(
      uses,
      once(() => openExplainer(secrets, clock)),
    ),
    clock,
    connectTimeoutMs: settings.connectTimeoutMs,
  })
  const openInCookie = once(() => openCookies(exchange, manager, settings, clock))
  return {
    settings,
    exchange: openRequestExchange(exchange, openInCookie),
    judgeEdge: openEdgeJudge(settings.edgeKeyDigests),
    judgeLeak: openLeakJudge(secrets, settings.clients.values()),
    initialize: (environment: Environment, rehearse: () => Promise<unknown>) =>
      prepareRequests({ secrets, connections }, settings, environment, clock, rehearse),
  }
}

/** Calls `open` when it is first wanted; whoever waits for it shares it. */
function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined
  return () => {
    opened ??= open()
    return opened
  }
}

/** What explains a refusal is in chunks of its own, which a success never loads. */
async function openExplainer({ storedAtMs }: ClientSecrets, clock: Clock): Promise<ExplainRefusal> {
  const { openRefusalExplainer } = await import('./evidence/refusal.ts')
  const { openUserPoolConfig } = await import('./evidence/user-pool-config.ts')
  const poolConfig = openUserPoolConfig(loadDescriber, clock)
  return openRefusalExplainer({ poolConfig, storedAtMs })
}

async function loadDescriber() {
  const { openPoolDescriber } = await import('./evidence/pool-describer.ts')
  return openPoolDescriber()
}

/** Cookies are in chunks of their own, which only clients in cookie mode load. */
async function openCookies(
  exchange: TokenExchange,
  manager: SecretsManager,
  settings: Settings,
  clock: Clock,
): Promise<RequestExchange> {
  const { openCookieExchange } = await import('./refresh-cookie.ts')
  const { openCookieKeys } = await import('./cookie-key.ts')
  return openCookieExchange(exchange, {
    keys: openCookieKeys(manager, settings.cookieKeySecret, settings, clock),
    maxAgeSeconds: settings.cookieMaxAgeSeconds,
    cooldownSeconds: settings.secretRefetchCooldownSeconds,
  })
}
