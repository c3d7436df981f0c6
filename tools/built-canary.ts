import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a build puts the script of the canary, and nothing else. */
export const canaryFolder = join(import.meta.dirname, '..', 'dist', 'canary')

/** The built script, where Synthetics looks for it in a zip of dist/canary/. */
export const builtCanary = join(canaryFolder, 'nodejs', 'node_modules', 'canary.js')

/** Reads the built script; undefined where nothing has been built yet. */
export function readBuiltCanary(): string | undefined {
  return existsSync(builtCanary) ? readFileSync(builtCanary, 'utf8') : undefined
}
