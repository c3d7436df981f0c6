import { createInterface } from 'node:readline/promises'
import { systemClock } from '../adapters/clock.ts'
import { findMissingAwsSetup } from '../adapters/doctor/aws-setup.ts'
import { openRotationParts } from '../adapters/rotation/rotator.ts'
import { askRotationStatus } from '../adapters/rotation/status.ts'
import { type StepFailure, toStepCause } from '../core/causes/rotation.ts'
import { type PlannedAction, toPlan } from '../core/rotation/plan.ts'
import type { RotationStatus } from '../core/rotation/status.ts'
import { type StatusNames, stateTexts, toStatusLines } from '../core/rotation/status-text.ts'
import {
  isShared,
  type Target,
  toSecretId,
  toTargetName,
  toTargets,
} from '../core/rotation/target.ts'
import { parseSettings, type Settings } from '../core/settings/settings.ts'
import { readCommandLine, refuse, refuseWithout } from './command-line.ts'
import { commands } from './commands.ts'
import { paint } from './paint.ts'
import { runSecretAction } from './secret-actions.ts'
import { readStage } from './stage-file.ts'

const exitCodes = { well: 0, wrong: 1, unchecked: 2 } as const
type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

// A reader that has gone, such as `head`, is no reason for another exit code.
process.stdout.on('error', () => {})

const {
  args: [action],
  options,
} = readCommandLine(commands.secret)
/** The stage whose secrets are replicated to this one, if it is of a second Region. */
let primaryStage: string | undefined
const settings = readSettings()
const target = findTarget(settings)
const names = toNames(target)
const parts = openRotationParts(settings, systemClock)
process.exitCode = await main().finally(parts.close)

async function main(): Promise<ExitCode> {
  const missing = await findMissingAwsSetup()
  if (missing.length > 0) return fail(missing.map((one) => `could not check: ${one}`).join('\n'))
  const status = await look()
  if (action === 'status' || status === undefined) return show(status)
  return change(action, status)
}

/** Undefined where it could not be found out; why is said then. */
async function look(): Promise<RotationStatus | undefined> {
  const asked = await askRotationStatus(target, parts, settings)
  if (asked.ok) return asked.value
  say(`could not check: ${toText(asked)}`, process.stderr)
  return undefined
}

function show(status: RotationStatus | undefined): ExitCode {
  if (status === undefined) return exitCodes.unchecked
  if (options.json) say(JSON.stringify({ ...names, ...status }, null, 2))
  else {
    const [title = '', ...lines] = toStatusLines(status, names)
    say([paint(title, 1), ...lines].join('\n'))
  }
  return exitCodes[stateTexts[status.state].verdict]
}

async function change(planned: PlannedAction, status: RotationStatus): Promise<ExitCode> {
  if (primaryStage !== undefined) {
    return fail(`a replica follows its original: use --stage ${primaryStage} in its place`)
  }
  if (isShared(target, toTargets(settings))) {
    return fail(`another client has the secret ${names.secretId}, too: give each one of its own`)
  }
  const kmsKeyId = options.kmsKey
  const plan = toPlan(planned, { target: target.is, status, names, kmsKeyId })
  if (plan.does === 'nothing') {
    say(`${names.name}: ${plan.says}`)
    return exitCodes.well
  }
  if (plan.does === 'refuse') {
    say(`${names.name}: ${plan.says}`, process.stderr)
    return exitCodes[plan.verdict]
  }
  say([`${names.name}: this is going to`, ...plan.lines.map((line) => `  - ${line}`)].join('\n'))
  if (!(await isAgreed())) return fail('nothing was done')
  const failure = await runSecretAction(planned, {
    ...{ target, parts, settings, status, kmsKeyId },
    onLine: (line) => say(`  ${line}`),
  })
  if (failure !== undefined) say(toText(failure), process.stderr)
  const after = await look()
  const code = show(after)
  return failure === undefined ? code : exitCodes.wrong
}

/** Where nobody can answer, nobody is asked. */
async function isAgreed(): Promise<boolean> {
  if (options.yes) return true
  if (!process.stdin.isTTY) {
    say('nobody is there to ask: add --yes to do it', process.stderr)
    return false
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question('Do it? [y/N] ')
  terminal.close()
  return /^y(?:es)?$/i.test(answer.trim())
}

function readSettings(): Settings {
  const { stage } = options
  const read = stage === undefined ? parseSettings(process.env) : readStageSettings(stage)
  return read.ok ? read.settings : refuse(`${read.problems.join('\n')}\n`)
}

function readStageSettings(stage: string) {
  const read = readStage(stage)
  if (!read.ok) return read
  // The secrets are in the Region of the stack, whichever one the profile has.
  process.env['AWS_REGION'] = read.stage.region
  primaryStage = read.stage.replicaOf
  return { ok: true, settings: read.stage.settings } as const
}

function findTarget(from: Settings): Target {
  const { cookieKey, client } = options
  const found = toTargets(from).find((one) =>
    cookieKey ? one.is === 'cookie_key' : one.is === 'client' && one.client.name === client,
  )
  if (found !== undefined) return found
  if (cookieKey) return refuse('the settings have no cookieKeySecret\n')
  if (client === undefined) return refuseWithout('--client <name>')
  return refuse(`no such client in the settings; there is ${[...clientNames(from)].join(', ')}\n`)
}

function clientNames({ clients }: Settings): readonly string[] {
  return [...clients.values()].map(({ name }) => name)
}

function toNames(of: Target): StatusNames {
  const one = of.is === 'client' ? `--client ${of.client.name}` : '--cookie-key'
  const stage = options.stage === undefined ? '' : ` --stage ${options.stage}`
  return { name: toTargetName(of), secretId: toSecretId(of), flags: `${one}${stage}` }
}

function toText({ cause, evidence }: StepFailure): string {
  const seen = evidence.length > 0 ? ` (${evidence.join(', ')})` : ''
  return `${cause}${seen}: ${toStepCause(cause).fix}`
}

function fail(why: string): ExitCode {
  say(why, process.stderr)
  return exitCodes.unchecked
}

function say(text: string, stream: NodeJS.WritableStream = process.stdout): void {
  stream.write(`${text}\n`)
}
