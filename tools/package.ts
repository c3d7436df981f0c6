import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { toDeployNames } from '../infra/deploy/names.ts'
import type { Stage } from '../infra/stage.ts'
import { buildFunctions } from './build.ts'
import { buildCanary } from './build-canary.ts'
import { readCommandLine, refuseWithout } from './command-line.ts'
import { commands } from './commands.ts'
import { allowsReplacementVariable, digestsVariable } from './deploy/flags.ts'
import { writeEdgeTemplate } from './edge-template.ts'
import { readStage } from './stage-file.ts'

const root = join(import.meta.dirname, '..')
const osls = join(root, 'node_modules', 'osls', 'bin', 'serverless.js')

type Command = 'package' | 'deploy'

/**
 * Packaging asks AWS nothing, and its outcome depends on the sources and the stage alone: credentials,
 * profiles and osls settings of whoever runs it are kept from it. Deploying needs them.
 */
function toEnvironment(command: Command): NodeJS.ProcessEnv {
  if (command === 'deploy') return process.env
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:AWS|SLS)_/.test(name))
  return { ...Object.fromEntries(kept), AWS_EC2_METADATA_DISABLED: 'true' }
}

async function run(): Promise<number> {
  const command: Command = process.argv[2] === 'deploy' ? 'deploy' : 'package'
  return command === 'deploy' ? deploy() : pack()
}

async function pack(): Promise<number> {
  const { options } = readCommandLine(commands.package, process.argv.slice(3))
  const name = options.stage ?? refuseWithout('--stage <name>')
  const stage = readUsableStage(name)
  if (stage === undefined) return 1
  await Promise.all([buildFunctions(), buildCanary()])
  const code = await runOsls('package', name)
  if (code !== 0) return code
  const { toPlainHint, writePlainDoor } = await import('./plain-door.ts')
  writeEdgeTemplate(stage)
  // The script of the canary is only there since the build.
  const built = readStage(name)
  writePlainDoor(built.ok ? built.stage : stage, root)
  console.log(toPlainHint(stage))
  return 0
}

/** Looks before it changes anything, and checks from outside what it has changed. */
async function deploy(): Promise<number> {
  const { options } = readCommandLine(commands.deploy, process.argv.slice(3))
  const name = options.stage ?? refuseWithout('--stage <name>')
  const stage = readUsableStage(name)
  if (stage === undefined) return 1
  const { checkAccount } = await import('./deploy/checks.ts')
  const say = console.log
  if (!options.skipChecks && !(await checkAccount(name, stage, say))) return 1
  const { planEdge, finishEdge } = await import('./deploy/edge-steps.ts')
  const names = toDeployNames(name, stage)
  const planned = await planEdge(names)
  if (!planned.ok) {
    console.error(`Nothing was deployed: ${planned.problem}`)
    return 1
  }
  const { plan } = planned
  const publishing = stage.site ? await import('./deploy/site.ts') : undefined
  if (publishing !== undefined && !(await publishing.buildSiteFiles())) {
    console.error('Nothing was deployed, because the site could not be built.')
    return 1
  }
  await Promise.all([buildFunctions(), buildCanary()])
  const code = await runOsls('deploy', name, options.allowReplacement, plan?.digests)
  if (code !== 0) {
    console.error(
      'The deployment stopped. CloudFormation undoes by itself what it had begun. After the fix, run this command again.',
    )
    return code
  }
  const isPublished = (await publishing?.publishSite({ name, stage }, say)) ?? true
  writeEdgeTemplate(stage)
  const { allowReplacement: allowsReplacement } = options
  if (!(await finishEdge({ stage, plan, allowsReplacement, say }))) return 1
  const { reportOutcome } = await import('./deploy/outcome.ts')
  const outcome = await reportOutcome(name, stage, say)
  return isPublished ? outcome : 1
}

function readUsableStage(name: string): Stage | undefined {
  const read = readStage(name)
  if (!read.ok) {
    console.error(`stages/${name}.json cannot be used:`)
    for (const problem of read.problems) console.error(`- ${problem}`)
    return undefined
  }
  if (read.stage.alarmEmails.length === 0) {
    console.warn(
      `warning: alarmEmails of stages/${name}.json is empty, so no alarm is mailed to anybody`,
    )
  }
  return read.stage
}

async function runOsls(
  command: Command,
  stageName: string,
  allowsReplacement = false,
  digests?: string,
): Promise<number> {
  // What osls compares does not contain the digests, so it would find nothing to do.
  const flags = digests === undefined ? [] : ['--force']
  const child = spawn(process.execPath, [osls, command, '--stage', stageName, ...flags], {
    cwd: root,
    env: {
      ...toEnvironment(command),
      [allowsReplacementVariable]: String(allowsReplacement),
      ...(digests === undefined ? {} : { [digestsVariable]: digests }),
    },
    stdio: 'inherit',
  })
  const [code] = await once(child, 'exit')
  return code ?? 1
}

process.exitCode = await run()
