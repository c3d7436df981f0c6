import { readFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import type { Plugin } from 'esbuild'

const namespace = 'lazy'
/** What may be imported lazily: own files, and packages by their names. Each import that fits is asked about. */
const lazilyImported = /^@|\.ts$/
/** Marks the second look at a path. */
const wrapped = 'wrapped'

/**
 * Keeps what a function loads at its start in one file. esbuild cuts code by who needs it: what the function shares with
 * one of its lazy chunks would be a file, what it shares with another one a second, and each file takes time to be found
 * and read. So every lazy chunk is made to need all that the function imports, which is loaded by then anyway. The
 * function itself is not among it: it waits at its top level, and a chunk that is loaded meanwhile would wait for it.
 */
export function oneChunk(root: string, functionFile: string): Plugin {
  const source = readFileSync(functionFile, 'utf8')
  const imports = [...source.matchAll(/ from ('\.[^']+')$/gm)]
  const needed = imports.map(([, path]) => `import ${path}`).join('\n')
  return {
    name: 'one-chunk',
    setup({ onLoad, onResolve, resolve }) {
      onResolve({ filter: lazilyImported }, async ({ path, kind, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === wrapped) return undefined
        const found = await resolve(path, { kind, resolveDir, pluginData: wrapped })
        // What lists packages by their paths must not find them twice.
        const name = relative(root, found.path).replaceAll('node_modules', 'packages')
        return { path: name, namespace, pluginData: found.path }
      })
      onLoad({ filter: /./, namespace }, ({ pluginData }) => ({
        contents: `${needed}\nexport * from '${pluginData}'`,
        resolveDir: dirname(functionFile),
      }))
    },
  }
}
