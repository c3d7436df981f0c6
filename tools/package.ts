import { join } from 'node:path'
import type { Stage } from '../infra/stage.ts'
import { buildFunctions } from './build.ts'
import { buildCanary } from './build-canary.ts'
import { readCommandLine, refuseWithout } from './command-line.ts'
import { commands } from './commands.ts'
import { runOsls } from './deploy/osls.ts'
import { writeEdgeTemplate } from './edge-template.ts'
import { readStage } from './stage-file.ts'

const root = join(import.meta.dirname, '..')

/**
 * Packaging asks AWS nothing, and its outcome depends on the sources and the stage alone: credentials,
 * profiles and osls settings of whoever runs it are kept from it. Deploying needs them.
 */
function toOwnEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:AWS|SLS)_/.test(name))
  return { ...Object.fromEntries(kept), AWS_EC2_METADATA_DISABLED: 'true' }
}

async function run(): Promise<number> {
  return process.argv[2] === 'deploy' ? deploy() : pack()
}

async function pack(): Promise<number> {
  const { options } = readCommandLine(commands.package, process.argv.slice(3))
  const name = options.stage ?? refuseWithout('--stage <name>')
  const stage = readUsableStage(name)
  if (stage === undefined) return 1
  await Promise.all([buildFunctions(), buildCanary()])
  const { code } = await runOsls(['package', '--stage', name], toOwnEnvironment())
  if (code !== 0) return code
  const { toPlainHint, writePlainDoor } = await import('./plain-door.ts')
  writeEdgeTemplate(stage)
  // The script of the canary is only there since the build.
  const built = readStage(name)
  writePlainDoor(built.ok ? built.stage : stage, root)
  console.log(toPlainHint(stage))
  return 0
}

async function deploy(): Promise<number> {
  const { options } = readCommandLine(commands.deploy, process.argv.slice(3))
  const name = options.stage ?? refuseWithout('--stage <name>')
  const stage = readUsableStage(name)
  if (stage === undefined) return 1
  const { deployStage } = await import('./deploy/deploy.ts')
  return deployStage(name, stage, options)
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

process.exitCode = await run()
