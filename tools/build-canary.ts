import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { replaceFiles } from './replace-files.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'dist', 'canary')

/** The built script, where Synthetics looks for it in a zip of dist/canary/. */
export const builtCanary = join(folder, 'nodejs', 'node_modules', 'canary.js')

/**
 * Builds the script of the canary for the runtime of CloudWatch Synthetics, which calls a CommonJS module under
 * Node.js 22. All of it is our own code.
 */
export async function buildCanary(): Promise<void> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'canary', 'canary.ts')],
    outfile: builtCanary,
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    minify: true,
    // In a template, osls would take their parts for variables of its own.
    supported: { 'template-literal': false },
    legalComments: 'none',
  })
  replaceFiles(folder, new Map(outputFiles.map(({ path, contents }) => [path, contents])))
}

/** Reads the built script; undefined where nothing has been built yet. */
export function readBuiltCanary(): string | undefined {
  return existsSync(builtCanary) ? readFileSync(builtCanary, 'utf8') : undefined
}
