import { checkDeployment } from '../adapters/smoke.ts'
import { toPrintable } from '../core/doctor/printable.ts'
import { type SmokeReport, toSmokeSummary } from '../core/smoke/report.ts'
import { type SmokeTarget, toSmokeClient } from '../core/smoke/target.ts'
import { toCheckTable } from './check-table.ts'
import { readCommandLine, refuse, refuseWithout } from './command-line.ts'
import { commands } from './commands.ts'
import { paint } from './paint.ts'
import { readStage } from './stage-file.ts'

const exitCodes = { well: 0, wrong: 1, unchecked: 2 } as const

// A reader that has gone, such as `head`, is no reason for another exit code.
process.stdout.on('error', () => {})

const { options } = readCommandLine(commands.smoke)
const report = await checkDeployment(readTarget())
const text = options.json ? JSON.stringify(report, null, 2) : toText(report)
process.stdout.write(`${text}\n`)
process.exitCode = toExitCode(report)

function toExitCode({ isReached, isWell }: SmokeReport): number {
  if (!isReached) return exitCodes.unchecked
  return isWell ? exitCodes.well : exitCodes.wrong
}

/** The clients are those of the stage file, or the one that the flags describe, or none. */
function readTarget(): SmokeTarget {
  const url = options.url ?? refuseWithout('--url <address>')
  if (options.stage !== undefined) return readStageTarget(url, options.stage)
  const { clientId } = options
  if (clientId === undefined) return { url, clients: [], hasSharedDiscovery: undefined }
  const client = {
    ...{ name: clientId, clientId, origin: options.origin, redirectUri: options.redirectUri },
    ...{ isCookieMode: options.cookies, hasDiscovery: false },
  }
  return { url, clients: [client], hasSharedDiscovery: undefined }
}

function readStageTarget(url: string, name: string): SmokeTarget {
  const parsed = readStage(name)
  if (!parsed.ok) return refuse(`${parsed.problems.join('\n')}\n`)
  const clients = [...parsed.stage.settings.clients.values()]
  const issuers = new Set(clients.map(({ issuer }) => issuer))
  return {
    url,
    clients: clients.map(toSmokeClient),
    hasSharedDiscovery: issuers.size === 1 && !issuers.has(undefined),
  }
}

function toText(report: SmokeReport): string {
  const checks = report.checks.map(({ name, client, found, ...check }) => ({
    ...check,
    name: `${name.replaceAll('_', ' ')}${client === undefined ? '' : ` (${client})`}`,
    found: toPrintable(found),
  }))
  return toCheckTable(paint(toSmokeSummary(report), 1), checks)
}
