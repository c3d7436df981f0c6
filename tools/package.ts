import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { buildFunctions } from './build.ts'
import { readCommandLine, refuseWithout } from './command-line.ts'
import { commands } from './commands.ts'
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
  const { options } = readCommandLine(commands[command], process.argv.slice(3))
  const stage = options.stage ?? refuseWithout('--stage <name>')
  const read = readStage(stage)
  if (!read.ok) {
    console.error(`stages/${stage}.json cannot be used:`)
    for (const problem of read.problems) console.error(`- ${problem}`)
    return 1
  }
  if (read.stage.alarmEmails.length === 0) {
    console.warn(
      `warning: alarmEmails of stages/${stage}.json is empty, so no alarm is mailed to anybody`,
    )
  }
  await buildFunctions()
  if (command === 'deploy') {
    const { markDeployment } = await import('./deployment-mark.ts')
    const { region, settings } = read.stage
    await markDeployment({ region, service: settings.service }, console.warn)
  }
  const child = spawn(process.execPath, [osls, command, '--stage', stage], {
    cwd: root,
    env: toEnvironment(command),
    stdio: 'inherit',
  })
  const [code] = await once(child, 'exit')
  return code ?? 1
}

process.exitCode = await run()
