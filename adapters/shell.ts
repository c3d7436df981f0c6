import { type Environment, parseSettings, type Settings } from '../core/settings.ts'
import { textSettings } from '../core/settings-table.ts'
import { openClientSecrets } from './client-secret.ts'
import { type Clock, systemClock } from './clock.ts'
import { openConnections } from './connections.ts'
import { openEarlierUses } from './earlier-use.ts'
import { openExplanations } from './explanation.ts'
import { openLazyUseTable } from './lazy-use-table.ts'
import { openRequestRecords, type RequestRecords } from './request-record.ts'
import { openSecretsManager } from './secrets-manager.ts'
import { openTokenExchange, type TokenExchange } from './token-exchange.ts'
import { openUserPoolConfig } from './user-pool-config.ts'

/** Everything that outlives a request in one process, made once and passed on. */
export interface Shell {
  readonly clock: Clock
  readonly records: RequestRecords
  readonly runbookUrl: string
  /** Undefined where the settings were refused: then nothing is opened. */
  readonly open: { readonly settings: Settings; readonly exchange: TokenExchange } | undefined
  /** True for the first request of the process only. */
  readonly takeColdStart: () => boolean
}

/** Opens the shell of a function from its environment; it never throws, and reports bad settings once. */
export function openShell(environment: Environment, clock: Clock = systemClock): Shell {
  surviveBrokenOutput()
  const parsed = parseSettings(environment)
  const names = parsed.ok
    ? parsed.settings
    : { service: parsed.service, runbookUrl: textSettings.runbookUrl.byDefault }
  const records = openRequestRecords(names, writeLine, clock)
  if (!parsed.ok) records.writeProblems(parsed.problems)
  let isCold = true
  return {
    clock,
    records,
    runbookUrl: names.runbookUrl,
    open: parsed.ok ? openParts(parsed.settings, clock) : undefined,
    takeColdStart: () => {
      const wasCold = isCold
      isCold = false
      return wasCold
    },
  }
}

function openParts(settings: Settings, clock: Clock) {
  const manager = openSecretsManager(settings.secretTimeoutMs)
  const table =
    settings.evidenceTable === '' ? undefined : openLazyUseTable(settings.evidenceTable, clock)
  const uses = openEarlierUses(clock, table)
  const poolConfig = openUserPoolConfig(loadDescriber, clock)
  const exchange = openTokenExchange({
    secrets: openClientSecrets(manager, settings, clock),
    connections: openConnections(clock, settings.idleConnectionMs),
    explanations: openExplanations(uses, poolConfig),
    clock,
    connectTimeoutMs: settings.connectTimeoutMs,
  })
  return { settings, exchange }
}

/** A chunk of its own, which a success never loads. */
async function loadDescriber() {
  const { openPoolDescriber } = await import('./pool-describer.ts')
  return openPoolDescriber()
}

/** A closed or full standard output tells so by an event, which ends the process if nobody listens. */
function surviveBrokenOutput(): void {
  process.stdout.on('error', () => {})
}

function writeLine(line: string): void {
  process.stdout.write(`${line}\n`)
}
