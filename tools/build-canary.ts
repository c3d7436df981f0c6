import { join } from 'node:path'
import { build } from 'esbuild'
import { builtCanary, canaryFolder } from './built-canary.ts'
import { replaceFiles } from './replace-files.ts'

const root = join(import.meta.dirname, '..')

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
  replaceFiles(canaryFolder, new Map(outputFiles.map(({ path, contents }) => [path, contents])))
}
