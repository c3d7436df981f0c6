import { checkDeployment } from '../adapters/smoke.ts'
import { toPrintable } from '../core/doctor/printable.ts'
import { type SmokeReport, toSmokeSummary } from '../core/smoke/report.ts'
import { type SmokeCheck, type SmokeTarget, toSmokeClient } from '../core/smoke/target.ts'
import { readCommandLine, refuse, refuseWithout } from './command-line.ts'
import { commands } from './commands.ts'
import { paint } from './paint.ts'
import { readStage } from './stage-file.ts'

const exitCodes = { well: 0, wrong: 1, unchecked: 2 } as const
const marks: Readonly<Record<SmokeCheck['status'], readonly [mark: string, colour: number]>> = {
  ok: ['✓', 32],
  failed: ['✗', 31],
  skipped: ['–', 90],
}

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
  const { checks } = report
  const names = checks.map(({ name, client }) =>
    [name.replaceAll('_', ' '), ...(client === undefined ? [] : [`(${client})`])].join(' '),
  )
  const widest = Math.max(...names.map(({ length }) => length))
  const rows = checks.flatMap(({ status, found, fix }, index) => {
    const [mark, colour] = marks[status]
    const name = (names[index] ?? '').padEnd(widest)
    const fixes = fix === undefined ? [] : [`${' '.repeat(widest + 6)}${paint(`→ ${fix}`, 1)}`]
    return [`  ${paint(mark, colour)} ${name}  ${toPrintable(found)}`, ...fixes.map(toPrintable)]
  })
  return [paint(toSmokeSummary(report), 1), '', ...rows].join('\n')
}
