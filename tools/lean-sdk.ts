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
      onLoad({ filter: toFilter(replacements.map(({ module }) => module)) }, ({ path }) => {
        const by = byPath.get(path)?.by
        if (by === undefined) return undefined
        if ('text' in by) return { contents: by.text }
        if ('edit' in by) return { contents: by.edit(readFileSync(path, 'utf8')) }
        return { contents: `export * from './${toImport(root, by.file)}'`, resolveDir: root }
      })
      // Of its manifest a client needs its version alone.
      onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, ({ path }) => {
        const { version } = JSON.parse(readFileSync(path, 'utf8'))
        return { contents: JSON.stringify({ version }), loader: 'json' }
      })
    },
  }
}

/** Fits the ends of these paths alone: to ask about every file of the SDK would take longer than to read it. */
function toFilter(modules: readonly string[]): RegExp {
  const ends = modules.map((path) =>
    path.replaceAll(/\W/g, (sign) => (sign === '/' ? '[\\\\/]' : `\\${sign}`)),
  )
  return new RegExp(`[\\\\/](?:${ends.join('|')})$`)
}

function toImport(root: string, file: string): string {
  return relative(root, join(root, file)).split(sep).join('/')
}
