import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildFunctions } from './build.ts'
import { readStage } from './stage-file.ts'

const root = join(import.meta.dirname, '..')
const osls = join(root, 'node_modules', 'osls', 'bin', 'serverless.js')

type Command = 'package' | 'deploy'

/** Reads the command line; a mistake in it is answered with the usage alone. */
function readArguments(): { command: Command; stage: string } | undefined {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { stage: { type: 'string', short: 's' } },
    })
    const command = (['package', 'deploy'] as const).find((known) => known === positionals[0])
    if (command === undefined || positionals.length > 1 || !values.stage) return undefined
    return { command, stage: values.stage }
  } catch {
    return undefined
  }
}

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
  const given = readArguments()
  if (given === undefined) {
    console.error('usage: npm run package -- --stage STAGE, or: npm run deploy -- --stage STAGE')
    return 1
  }
  const { command, stage } = given
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
