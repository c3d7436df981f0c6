import { readdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

/** Where the built functions lie, one `NAME.mjs` each. */
export const builtFunctions = join(import.meta.dirname, '..', 'dist', 'functions')

/** Bundles every file of functions/ for the Lambda runtime; what is imported lazily becomes a chunk beside it. */
export async function buildFunctions(): Promise<readonly string[]> {
  const folder = join(import.meta.dirname, '..', 'functions')
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'))
  rmSync(builtFunctions, { recursive: true, force: true })
  await build({
    entryPoints: sources.map((name) => join(folder, name)),
    outdir: builtFunctions,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    keepNames: false,
    legalComments: 'none',
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  })
  return sources.map((name) => basename(name, '.ts'))
}

if (import.meta.main) console.log(`built ${(await buildFunctions()).join(', ')}`)
