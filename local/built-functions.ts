import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { routes } from '../core/http-api.ts'

const root = join(import.meta.dirname, '..')
const builtFolder = join(root, 'dist', 'functions')
const sourceFolders = ['functions', 'core', 'adapters'].map((name) => join(root, name))
/** Further inputs of the build: the packages and the build itself. */
const otherSources = [
  'package-lock.json',
  join('tools', 'build.ts'),
  join('tools', 'third-party-notices.ts'),
].map((name) => join(root, name))

let isSure = false

/**
 * Makes sure that the built functions are there and as new as their sources were when this process first asked,
 * and gives their folder. It throws where they cannot be built.
 */
export function ensureBuilt(): string {
  isSure ||= isBuilt() || build()
  if (!isSure) throw new Error('the functions could not be built')
  return builtFolder
}

function isBuilt(): boolean {
  const names = new Set([...routes.map((route) => route.function), 'doctor', 'rotate'])
  const files = [...names].map((name) => join(builtFolder, `${name}.mjs`))
  if (!files.every((file) => existsSync(file))) return false
  const builtAtMs = Math.min(...files.map((file) => statSync(file).mtimeMs))
  const sources = sourceFolders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  return [...sources, ...otherSources].every((source) => statSync(source).mtimeMs <= builtAtMs)
}

/** Builds in a separate process, whose output stays off standard output. */
function build(): boolean {
  const script = join(root, 'tools', 'build.ts')
  return spawnSync(process.execPath, [script], { stdio: ['ignore', 2, 2] }).status === 0
}
