import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { runBench } from '../bench/bench.ts'
import { judgeBars, readBars } from '../bench/budgets.ts'
import { fullPlan, longPlan, quickPlan } from '../bench/plan.ts'
import { mergeResults, type Results } from '../bench/results.ts'
import { toBarLine, toTerminalTable } from '../bench/table.ts'
import { toJsonText } from '../pages/json-text.ts'
import { buildFunctions, builtFunctions, bundleFunctions, writeReadable } from './build.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'
import { openProgress } from './progress-bar.ts'

const root = join(import.meta.dirname, '..')
const peers = ['fastify', '@fastify/oauth2', 'oauth4webapi', 'simple-oauth2']
const book = [
  ...['@middy/core', '@middy/secrets-manager', '@aws-sdk/client-secrets-manager'],
  ...['@aws-lambda-powertools/logger', '@aws-lambda-powertools/metrics', 'esbuild'],
]

/** What the run is measured on; the load before it says how quiet the machine was. */
function describeMachine(): Results['machine'] {
  const [cpu] = cpus()
  return {
    // The rest of a release names its builder.
    system: `${platform()} ${release().split('.', 2).join('.')}`,
    processor: `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    'load average before the run (1, 5 and 15 minutes)': loadavg()
      .map((load) => load.toFixed(1))
      .join(', '),
  }
}

/** The versions of Node.js and of everything that takes part. */
function readVersions(): Results['versions'] {
  const versions = [...peers, ...book].map((name) => {
    const path = join(root, 'node_modules', name, 'package.json')
    const { version }: { readonly version: string } = JSON.parse(readFileSync(path, 'utf8'))
    return [name, version]
  })
  return { 'Node.js': process.versions.node, ...Object.fromEntries(versions) }
}

const { options } = readCommandLine(commands.bench)
const { quick, long, only } = options
const plan = quick ? quickPlan : long || only === 'memory' ? longPlan : fullPlan
const flags = [quick && '--quick', long && '--long', only && `--only ${only}`].filter(Boolean)
const machine = describeMachine()
await buildFunctions()
const { metafile } = await bundleFunctions()
const readable = await writeReadable()
const proxy = { folder: builtFunctions, metafile, readable }
const measured = await runBench(plan, proxy, openProgress(), only)
const results: Results = {
  command: ['npm run bench', ...(flags.length === 0 ? [] : ['--', ...flags])].join(' '),
  machine,
  versions: readVersions(),
  ...measured,
}
const bars = judgeBars(results, readBars())
console.log(results.figures.map(toTerminalTable).join('\n\n'))
console.log(`\n${bars.map(toBarLine).join('\n')}`)
if (options.json !== undefined) writeFileSync(options.json, `${toJsonText(results)}\n`)
if (options.write) {
  const file = join(root, 'docs', 'performance.json')
  const written =
    only === undefined ? results : mergeResults(JSON.parse(readFileSync(file, 'utf8')), results)
  writeFileSync(file, `${toJsonText(written)}\n`)
  const args = [join(root, 'tools', 'generate.ts')]
  spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}
process.exitCode = quick || bars.every(({ isMet }) => isMet) ? 0 : 1
