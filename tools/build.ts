import { readdirSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BuildOptions, type BuildResult, build } from 'esbuild'
import { buildCanary } from './build-canary.ts'
import { builtinModules } from './builtin-modules.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'
import { lazyCauses } from './lazy-causes.ts'
import { leanSdk } from './lean-sdk.ts'
import { oneChunk } from './one-chunk.ts'
import { withoutPageFields } from './page-fields.ts'
import { replaceFiles } from './replace-files.ts'
import { listBundledPackages, toNotices } from './third-party-notices.ts'

const root = join(import.meta.dirname, '..')
const sourceFolder = join(root, 'functions')

/** Where the built functions lie, one `NAME.mjs` each. */
export const builtFunctions = join(root, 'dist', 'functions')

/** Its place beside the built functions. */
export const noticesFile = 'THIRD-PARTY-NOTICES.txt'

/**
 * Builds every file of functions/ for the Lambda runtime, with the licences of the packages that the bundles
 * contain.
 */
export async function buildFunctions(): Promise<readonly string[]> {
  const { outputFiles, metafile } = await bundleFunctions()
  const notices = toNotices(listBundledPackages(metafile, root))
  const files = new Map<string, Uint8Array>([
    ...outputFiles.map(({ path, contents }) => [path, contents] as const),
    [join(builtFunctions, noticesFile), Buffer.from(notices)],
  ])
  replaceFiles(builtFunctions, files)
  return listSources().map((name) => basename(name, '.ts'))
}

/** What the bundles are, and what they consist of. */
type Bundles = Pick<BuildResult<{ write: false; metafile: true }>, 'outputFiles' | 'metafile'>

/**
 * Bundles the functions and writes nothing. Each one is bundled by itself: what several of them share would
 * be cut into many small files, and each file takes time to be found and read.
 *
 * @param options another form than that which is deployed
 */
export async function bundleFunctions(options: Form = {}): Promise<Bundles> {
  const bundles = await Promise.all(listSources().map((source) => bundleFunction(source, options)))
  // Chunks of the same name are the same.
  const files = new Map(
    bundles.flatMap(({ outputFiles }) => outputFiles.map((file) => [file.path, file] as const)),
  )
  const metafiles = bundles.map(({ metafile }) => metafile)
  return {
    outputFiles: [...files.values()],
    metafile: {
      inputs: Object.assign({}, ...metafiles.map(({ inputs }) => inputs)),
      outputs: Object.assign({}, ...metafiles.map(({ outputs }) => outputs)),
    },
  }
}

/** Writes a function as a profiler needs it, line by line and with source maps; gives what the bench reads. */
export async function writeReadable() {
  const { outputFiles } = await bundleFunction('oauth2.ts', readable)
  const folder = `${builtFunctions}-readable`
  const to = (path: string) => join(folder, relative(builtFunctions, path))
  replaceFiles(folder, new Map(outputFiles.map(({ path, contents }) => [to(path), contents])))
  const maps = outputFiles.filter(({ path }) => path.endsWith('.map'))
  return {
    url: pathToFileURL(join(folder, 'oauth2.mjs')).href,
    maps: new Map(maps.map(({ path, text }) => [basename(path, '.map'), text])),
  }
}

/** How the bundles are written. */
type Form = Pick<BuildOptions, 'minify' | 'sourcemap'>

const readable: Form = { minify: false, sourcemap: 'external' }

/** What a function imports lazily becomes a chunk beside it. */
function bundleFunction(source: string, options: Form) {
  return build({
    absWorkingDir: root,
    entryPoints: [join(sourceFolder, source)],
    outdir: builtFunctions,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    assetNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    // The texts of the licences are in a separate file.
    legalComments: 'none',
    // The CommonJS builds of packages come whole; of ES modules only what is used is taken.
    mainFields: ['module', 'main'],
    plugins: [
      ...[oneChunk(root, join(sourceFolder, source)), builtinModules, lazyCauses(root)],
      ...[withoutPageFields(root), leanSdk(root)],
    ],
    ...options,
  })
}

function listSources(): readonly string[] {
  return readdirSync(sourceFolder).filter((name) => name.endsWith('.ts'))
}

async function main(): Promise<void> {
  readCommandLine(commands.build)
  const [names] = await Promise.all([buildFunctions(), buildCanary()])
  console.log(`built ${names.join(', ')} and the canary`)
}

// Others import this file: with a wait at its top, they would have to wait for it.
if (process.argv[1] === import.meta.filename) void main()
