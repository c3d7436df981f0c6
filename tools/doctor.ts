import { findMissingAwsSetup } from '../adapters/doctor/aws-setup.ts'
import { openConfiguredDoctor } from '../adapters/doctor/configured-doctor.ts'
import { type ClientReport, isAppClientRead } from '../core/doctor/report.ts'
import type { Round } from '../core/doctor/round.ts'
import { toSummary } from '../core/doctor/summary.ts'
import { clientsVariable } from '../core/settings/table.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'
import { paint } from './paint.ts'

type Check = ClientReport['checks'][number]

const exitCodes = { well: 0, wrong: 1, unchecked: 2 } as const
const marks: Readonly<Record<Check['status'], readonly [mark: string, colour: number]>> = {
  ok: ['✓', 32],
  failed: ['✗', 31],
  warning: ['!', 33],
  skipped: ['–', 90],
}

// A reader that has gone, such as `head`, is no reason for another exit code.
process.stdout.on('error', () => {})
// What the SDK throws aside of a call comes here; the process would end with a stack otherwise.
process.on('uncaughtException', (thrown) => process.exit(refuseThrown(thrown)))
process.exitCode = await main().catch(refuseThrown)

async function main(): Promise<number> {
  const asked = readCommandLine(commands.doctor).options
  if ((process.env[clientsVariable] ?? '').trim() === '') {
    return refuse(`${clientsVariable} is not set: give the doctor the functions' own environment`)
  }
  const doctor = openConfiguredDoctor(process.env)
  const names = [...(doctor.settings?.clients.values() ?? [])].map(({ name }) => name)
  if (
    asked.client !== undefined &&
    doctor.settings !== undefined &&
    !names.includes(asked.client)
  ) {
    doctor.close()
    return refuse(`no such client in the settings; there is ${names.join(', ')}`)
  }
  const missing = doctor.settings === undefined ? [] : await findMissingAwsSetup()
  if (missing.length > 0) {
    doctor.close()
    return refuse(missing.map((one) => `could not check: ${one}`).join('\n'))
  }
  const round = await doctor.check(asked)
  doctor.close()
  if (asked.json) process.stdout.write(`${JSON.stringify(round, null, 2)}\n`)
  else process.stdout.write(`${toText(round)}\n`)
  if (!round.isWell) return exitCodes.wrong
  return round.reports.every(isAppClientRead) ? exitCodes.well : exitCodes.unchecked
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`)
  return exitCodes.unchecked
}

/** Its message may quote what was set, so that only its name is shown. */
function refuseThrown(thrown: unknown): number {
  const name = thrown instanceof Error && /^\w{1,60}$/.test(thrown.name) ? thrown.name : 'something'
  return refuse(
    `could not check (${name}): look for a mistake in the AWS variables and the AWS profile`,
  )
}

function toText({ reports }: Round): string {
  return reports.map(toTable).join('\n\n')
}

function toTable(report: ClientReport): string {
  const { client, checks } = report
  const widest = Math.max(...checks.map(({ name }) => name.length))
  const commands = checks.map(({ command }) => command)
  const rows = checks.flatMap((check, index) => {
    const [mark, colour] = marks[check.status]
    const name = check.name.replaceAll('_', ' ').padEnd(widest)
    const isAbove = commands.indexOf(check.command) < index
    const indent = ' '.repeat(widest + 6)
    return [
      `  ${paint(mark, colour)} ${name}  ${check.found}`,
      ...(check.fix === undefined ? [] : [`${indent}${paint(`→ ${check.fix}`, 1)}`]),
      ...(check.command === undefined
        ? []
        : [`${indent}${isAbove ? '(the same call as above)' : `$ ${check.command}`}`]),
    ]
  })
  return [`${paint(client, 1)}: ${toSummary(report)}`, '', ...rows].join('\n')
}
