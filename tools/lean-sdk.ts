import { readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Plugin } from 'esbuild'
import { replacements } from './replacements.ts'

/** Puts the replacements in the place of the modules; a module that is gone from the SDK stops the build. */
export function leanSdk(root: string): Plugin {
  const packages = join(root, 'node_modules')
  const byPath = new Map(replacements.map((one) => [join(packages, one.module), one]))
  return {
    name: 'lean-sdk',
    setup({ onLoad, onStart }) {
      onStart(() => {
        for (const path of byPath.keys()) readFileSync(path)
      })
      onLoad(
        { filter: /node_modules[\\/]@(?:aws|aws-sdk|aws-lambda-powertools|smithy)[\\/].*\.js$/ },
        ({ path }) => {
          const by = byPath.get(path)?.by
          if (by === undefined) return undefined
          if ('text' in by) return { contents: by.text }
          if ('edit' in by) return { contents: by.edit(readFileSync(path, 'utf8')) }
          return { contents: `export * from './${toImport(root, by.file)}'`, resolveDir: root }
        },
      )
      // Of its manifest a client needs its version alone.
      onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, ({ path }) => {
        const { version } = JSON.parse(readFileSync(path, 'utf8'))
        return { contents: JSON.stringify({ version }), loader: 'json' }
      })
    },
  }
}

function toImport(root: string, file: string): string {
  return relative(root, join(root, file)).split(sep).join('/')
}
