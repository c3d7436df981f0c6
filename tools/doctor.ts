import { findMissingAwsSetup } from '../adapters/doctor/aws-setup.ts'
import { openConfiguredDoctor } from '../adapters/doctor/configured-doctor.ts'
import { isAppClientRead } from '../core/doctor/report.ts'
import { clientsVariable } from '../core/settings/table.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'
import { exitCodes, refuse } from './doctor-exit.ts'
import { checkByFlags } from './doctor-of-flags.ts'
import { toRoundText } from './doctor-text.ts'

// A reader that has gone, such as `head`, is no reason for another exit code.
process.stdout.on('error', () => {})
// What the SDK throws aside of a call comes here; the process would end with a stack otherwise.
process.on('uncaughtException', (thrown) => process.exit(refuseThrown(thrown)))
process.exitCode = await main().catch(refuseThrown)

async function main(): Promise<number> {
  const asked = readCommandLine(commands.doctor).options
  if (asked.userPoolId !== undefined || asked.clientId !== undefined) return checkByFlags(asked)
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
  else process.stdout.write(`${toRoundText(round)}\n`)
  if (!round.isWell) return exitCodes.wrong
  return round.reports.every(isAppClientRead) ? exitCodes.well : exitCodes.unchecked
}

/** Its message may quote what was set, so that only its name is shown. */
function refuseThrown(thrown: unknown): number {
  const name = thrown instanceof Error && /^\w{1,60}$/.test(thrown.name) ? thrown.name : 'something'
  return refuse(
    `could not check (${name}): look for a mistake in the AWS variables and the AWS profile`,
  )
}
