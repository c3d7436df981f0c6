import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSetup } from '../adapters/described-setup.ts'
import { findMissingAwsSetup } from '../adapters/doctor/aws-setup.ts'
import { parseJsonObject } from '../core/json.ts'
import { toClientEntry } from '../core/setup/answers.ts'
import { type DescribedSetup, findObstacles } from '../core/setup/described-setup.ts'
import { takeRegistered, toDriftNotes } from '../core/setup/registered.ts'
import { changeStage, type StageValue, toEntries } from '../core/setup/stage-text.ts'
import { toPoolRegion } from '../core/user-pool.ts'
import { toPrimaryName } from '../infra/regions/pair.ts'
import { parseStage, type Stage } from '../infra/stage.ts'
import { toJsonText } from '../pages/json-text.ts'
import { readCommandLine, refuseWithout } from './command-line.ts'
import { commands } from './commands.ts'
import { askAll } from './init-answers.ts'
import { InputEnded, openQuestions, type Questions } from './questions.ts'

const tools = import.meta.dirname
/** Where a stage whose user pool is on this machine is served. */
const gatewayPort = 9700
const compiledTemplate = '.serverless/cloudformation-template-update-stack.json'
const exitCodes = { done: 0, wrong: 1, stopped: 2 } as const

/** Ends the command before anything has changed; what it says is for people. */
class Stop extends Error {}

const { options } = readCommandLine(commands.init)
const userPoolId = options.userPoolId ?? refuseWithout('--user-pool-id <id>')
const clientId = options.clientId ?? refuseWithout('--client-id <id>')
const stageName = options.stage ?? refuseWithout('--stage <name>')
const path = `stages/${stageName}.json`
const file = join(tools, '..', path)

const questions = openQuestions(options.yes)
try {
  process.exitCode = await init(questions)
} catch (thrown) {
  if (!(thrown instanceof Stop || thrown instanceof InputEnded)) throw thrown
  process.stderr.write(`${thrown.message}\nNothing was changed.\n`)
  process.exitCode = exitCodes.stopped
}
questions.close()

async function init(questions: Questions): Promise<number> {
  const stage = readFile()
  const setup = await readPool()
  const known = options.asRegistered ? takeRegistered(stage, setup) : stage
  const { answers, alarmEmails } = await askAll(questions, options, setup, known, stageName)
  const before = toEntries(known).find((entry) => entry['clientId'] === clientId)
  const entry = toClientEntry(setup, answers, before)
  const hasEmails = alarmEmails.length > 0 || stage?.['alarmEmails'] !== undefined
  const isServedHere = isOnThisMachine(answers.domain) && stage?.['publicUrl'] === undefined
  const { value, changes } = changeStage(stage, entry, toPoolRegion(userPoolId), {
    ...(hasEmails && { alarmEmails }),
    ...(isServedHere && { publicUrl: `http://127.0.0.1:${gatewayPort}` }),
  })
  const parsed = parseStage(value, stageName)
  if (!parsed.ok) throw new Stop(`The stage would not be usable:\n${toList(parsed.problems)}`)
  const notes = toDriftNotes(setup, entry)
  if (notes.length > 0)
    say(`\nWhat the app client and the stage do not agree on:\n${toList(notes)}`)
  say(
    `\nThis will happen:\n${toList([...toFileChanges(changes), toSecretChange(answers.secretId)])}`,
  )
  if (!(await questions.confirm('Go on?'))) throw new Stop('You said no.')
  if (changes.length > 0) writeFileSync(file, `${toJsonText(value)}\n`)
  return fill(parsed.stage, answers.name)
}

/** Fills the secret and checks the client, each by its own command: what they say is worth reading. */
async function fill(stage: Stage, name: string): Promise<number> {
  const ofClient = ['--client', name, '--stage', stageName]
  const imported = await run('secret.ts', ['import', ...ofClient, '--yes'])
  const checked = await run('doctor.ts', ofClient)
  if (imported === 0 && checked === 0) {
    say(`\nNext: ${toNextCommand(stage)}`)
    return exitCodes.done
  }
  const same = `npm run init -- --user-pool-id ${userPoolId} --client-id ${clientId} --stage ${stageName}`
  say(`\nThe stage file is written. Next: fix what is said above, and run this again: ${same}`)
  return exitCodes.wrong
}

/** A command that is told the stage looks in its Region, which need not be that of the user pool. */
async function run(script: string, args: readonly string[]): Promise<number> {
  say('')
  const child = spawn(process.execPath, [join(tools, script), ...args], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  return code ?? exitCodes.wrong
}

function readFile(): StageValue | undefined {
  if (!existsSync(file)) return undefined
  const value = parseJsonObject(readFileSync(file, 'utf8'))
  if (value === undefined) throw new Stop(`${path} is not a JSON object: repair or remove it.`)
  const primary = toPrimaryName(value)
  if (primary !== undefined) {
    throw new Stop(`${path} takes its clients from the stage ${primary}: use --stage ${primary}.`)
  }
  return value
}

async function readPool(): Promise<DescribedSetup> {
  process.env['AWS_REGION'] ??= toPoolRegion(userPoolId)
  const missing = await findMissingAwsSetup()
  if (missing.length > 0) throw new Stop(toList(missing))
  const read = await readSetup(userPoolId, clientId)
  if (!read.ok) throw new Stop(toSentence(read.problem))
  const obstacles = findObstacles(read.setup)
  if (obstacles.length > 0) throw new Stop(toList(obstacles))
  return read.setup
}

/** What stands for AWS on this machine deploys nothing, and can be served as it is packaged. */
function toNextCommand({ settings }: Stage): string {
  return [...settings.clients.values()].some(({ domain }) => isOnThisMachine(domain))
    ? `npm run package -- --stage ${stageName}, then serve it: npm run gateway -- --port ${gatewayPort} --template ${compiledTemplate}`
    : `npm run deploy -- --stage ${stageName}`
}

/** Plain HTTP is allowed for loopback alone. */
function isOnThisMachine(domain: string): boolean {
  return domain.startsWith('http:')
}

function toFileChanges(changes: readonly string[]): readonly string[] {
  if (changes.length === 0) return [`${path} stays as it is`]
  return changes.map((change) => `${path}: ${change}`)
}

function toSecretChange(secretId: string): string {
  return `Secrets Manager: ${secretId} gets the secret of the app client, unless it has it already; nobody sees it`
}

function toSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function toList(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n')
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
