import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'

readCommandLine(commands.format)

const root = join(import.meta.dirname, '..')
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')

const { status } = spawnSync(process.execPath, [biome, 'check', '--write', '.'], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
