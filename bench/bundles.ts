import { join } from 'node:path'
import { build, type Metafile } from 'esbuild'

const banner = {
  js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
}

/** What is bundled for a run. */
export interface Bundles {
  readonly byTheBook: string
  readonly emptyHandler: string
  readonly coldProcess: string
  readonly runtimeProcess: string
  readonly importProcess: string
  readonly byTheBookBytes: number
}

/** Bundles the function by the book, with what esbuild chooses for Node.js, and what starts functions. */
export async function bundleContestants(folder: string): Promise<Bundles> {
  const bundle = (path: string) =>
    build({
      entryPoints: [join(import.meta.dirname, path)],
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      minify: true,
      metafile: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      banner,
    })
  const { metafile } = await bundle('contestants/by-the-book.ts')
  await bundle('contestants/empty-handler.ts')
  for (const name of ['cold', 'runtime', 'import']) await bundle(`${name}-process.ts`)
  return {
    byTheBook: join(folder, 'by-the-book.mjs'),
    emptyHandler: join(folder, 'empty-handler.mjs'),
    coldProcess: join(folder, 'cold-process.mjs'),
    runtimeProcess: join(folder, 'runtime-process.mjs'),
    importProcess: join(folder, 'import-process.mjs'),
    byTheBookBytes: sumBytes(metafile, 'by-the-book.mjs'),
  }
}

/** Bytes of a built function with everything that it imports statically. */
export function sumBytes(metafile: Metafile, entry: string): number {
  return listStatic(metafile, entry).reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Static bytes of a built function by the package, or the folder of the project, that they come from. */
export function sumByPackage(metafile: Metafile, entry: string): Readonly<Record<string, number>> {
  const sums = new Map<string, number>()
  for (const { inputs } of listStatic(metafile, entry)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const name = toPackage(path)
      sums.set(name, (sums.get(name) ?? 0) + bytesInOutput)
    }
  }
  return Object.fromEntries([...sums].toSorted(([, one], [, other]) => other - one))
}

/** The package of a source, or the folder of the project that it is in. */
export function toPackage(source: string): string {
  // A source map names a source from where the bundle is.
  const path = source.replace(/^(?:\.\.\/)+/, '')
  if (path.startsWith('builtin:')) return 'modules of Node.js'
  if (path.startsWith('lazy-causes:')) return 'core/'
  const inside = path.split('node_modules/').at(-1) ?? path
  if (inside === path) return `${path.split('/')[0]}/`
  return inside
    .split('/')
    .slice(0, inside.startsWith('@') ? 2 : 1)
    .join('/')
}

/** The outputs that are loaded with an entry. */
function listStatic(metafile: Metafile, entry: string): Metafile['outputs'][string][] {
  const isEntry = (path: string) => path.endsWith(`/${entry}`) || path === entry
  const paths = Object.keys(metafile.outputs).filter(isEntry)
  // Grows while it is walked: what is imported is looked at, too.
  const wanted = new Set(paths)
  for (const path of wanted) {
    for (const { kind, path: imported } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && imported in metafile.outputs) wanted.add(imported)
    }
  }
  return [...wanted].flatMap((path) => metafile.outputs[path] ?? [])
}
