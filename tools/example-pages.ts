import { readFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

/** The folders of `examples/` that hold a page. */
export const exampleNames = ['react', 'plain'] as const
export type ExampleName = (typeof exampleNames)[number]

/** What `examples/libraries/settings.ts` says, for one deployment. */
export interface ExampleSettings {
  readonly proxy: string
  readonly clientId: string
  readonly issuer: string
  readonly domain: string
  readonly callback: string
  readonly home: string
  readonly api: string
}

export interface ExamplePage {
  readonly name: ExampleName
  readonly settings: ExampleSettings
  /** Files of `examples/`, by the names of those that they are taken instead of. */
  readonly instead?: Readonly<Record<string, string>>
  /** The file of `examples/` that runs, where the page's own is not what is shown. */
  readonly main?: string
  /** Packages that run before everything else. */
  readonly first?: readonly string[]
}

const examples = join(import.meta.dirname, '..', 'examples')

/** Bundles an example page, and answers for it: the page itself at `/` and at `/callback`. */
export async function openExamplePage(page: ExamplePage): Promise<RequestListener> {
  const html = await readFile(join(examples, page.name, 'index.html'), 'utf8')
  const files = new Map([
    ['/', { type: 'text/html; charset=utf-8', body: html }],
    ['/callback', { type: 'text/html; charset=utf-8', body: html }],
    ...(await bundle(page)),
  ])
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = files.get(pathname)
    response.writeHead(file === undefined ? 404 : 200, {
      'content-type': file?.type ?? 'text/plain',
      'cache-control': 'no-store',
      // The address of the callback holds the code until the page has cleared it.
      'referrer-policy': 'no-referrer',
    })
    response.end(file?.body ?? 'not found')
  }
}

async function bundle(page: ExamplePage) {
  const { outputFiles } = await build({
    entryPoints: {
      main: join(
        examples,
        page.main ?? `${page.name}/main.${page.name === 'react' ? 'tsx' : 'ts'}`,
      ),
    },
    outdir: '/',
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    // What is taken instead of another file is outside the reach of tsconfig.json.
    jsx: 'automatic',
    logLevel: 'silent',
    inject: (page.first ?? []).map((name) => fileURLToPath(import.meta.resolve(name))),
    plugins: [replaceFiles(page)],
  })
  return outputFiles.map(({ path, text }) => {
    const name = path.slice(path.lastIndexOf('/'))
    const type = name.endsWith('.css') ? 'text/css' : 'text/javascript'
    return [name, { type: `${type}; charset=utf-8`, body: text }] as const
  })
}

/** The files that the guide shows stay as they are; what they import differs from one place to another. */
function replaceFiles({ settings, instead = {} }: ExamplePage): Plugin {
  return {
    name: 'replace files',
    setup: (builder) => {
      builder.onResolve({ filter: /^\.\.?\// }, ({ path, importer }) => {
        const name = instead[path.slice(path.lastIndexOf('/') + 1)]
        if (name === undefined) return undefined
        const other = join(examples, name)
        // It may stand on the file that it is taken instead of.
        return importer === other ? undefined : { path: other }
      })
      builder.onLoad({ filter: /libraries\/settings\.ts$/ }, () => ({
        contents: Object.entries(settings)
          .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}`)
          .join('\n'),
      }))
    },
  }
}
