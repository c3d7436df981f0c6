import { findMissingAwsSetup } from '../adapters/doctor/aws-setup.ts'
import { openConfiguredDoctor } from '../adapters/doctor/configured-doctor.ts'
import { askPair } from '../adapters/doctor/pair.ts'
import { judgePair, type PairReport } from '../core/doctor/pair.ts'
import { isAppClientRead } from '../core/doctor/report.ts'
import { clientsVariable } from '../core/settings/table.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'
import { exitCodes, refuse } from './doctor-exit.ts'
import { checkByFlags } from './doctor-of-flags.ts'
import { toPairText, toRoundText } from './doctor-text.ts'
import { findPairs, readStage } from './stage-file.ts'

type Asked = ReturnType<typeof commands.doctor.opts>

// A reader that has gone, such as `head`, is no reason for another exit code.
process.stdout.on('error', () => {})
// What the SDK throws aside of a call comes here; the process would end with a stack otherwise.
process.on('uncaughtException', (thrown) => process.exit(refuseThrown(thrown)))
process.exitCode = await main().catch(refuseThrown)

async function main(): Promise<number> {
  const asked = readCommandLine(commands.doctor).options
  if (asked.userPoolId !== undefined || asked.clientId !== undefined) return checkByFlags(asked)
  if (asked.stage !== undefined) {
    const read = readStage(asked.stage)
    if (!read.ok) return refuse(read.problems.join('\n'))
    // These options are for the functions' own process.
    const { NODE_OPTIONS: _, ...settings } = read.stage.environment
    // The secrets are in the Region of the stack, whichever one the profile has.
    Object.assign(process.env, settings, { AWS_REGION: read.stage.region })
  }
  if ((process.env[clientsVariable] ?? '').trim() === '') {
    return refuse(
      `${clientsVariable} is not set: name a stage with --stage, or give the doctor the functions' own environment`,
    )
  }
  return checkConfigured(asked)
}

async function checkConfigured(asked: Asked): Promise<number> {
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
  const [round, pairs] = await Promise.all([doctor.check(asked), checkPairs(asked)])
  doctor.close()
  const shown = asked.json
    ? JSON.stringify({ ...round, ...(pairs.length > 0 && { pairs }) }, null, 2)
    : [toRoundText(round), ...pairs.map(toPairText)].join('\n\n')
  process.stdout.write(`${shown}\n`)
  if (!round.isWell || pairs.some(({ isWell }) => !isWell)) return exitCodes.wrong
  return round.reports.every(isAppClientRead) ? exitCodes.well : exitCodes.unchecked
}

async function checkPairs({ stage, client }: Asked): Promise<readonly PairReport[]> {
  const pairs = stage === undefined ? [] : findPairs(stage)
  return Promise.all(
    pairs.map(async ({ primary, replica }) =>
      judgePair(await askPair([primary[1], replica[1]], client)),
    ),
  )
}

/** Its message may quote what was set, so that only its name is shown. */
function refuseThrown(thrown: unknown): number {
  const name = thrown instanceof Error && /^\w{1,60}$/.test(thrown.name) ? thrown.name : 'something'
  return refuse(
    `could not check (${name}): look for a mistake in the AWS variables and the AWS profile`,
  )
}
