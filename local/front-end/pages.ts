import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { siteContentPolicy } from '../../core/site-files.ts'
import type { DemoSettings } from './demo-settings.ts'

/** One file as served to the browser. */
export interface Page {
  readonly contentType: string
  readonly body: string
}

const folder = fileURLToPath(new URL('page/', import.meta.url))

/** Bundles scripts and styles in memory, and returns every file by its path. */
export const bundlePages = async (): Promise<ReadonlyMap<string, Page>> => {
  const bundle = await build({
    absWorkingDir: folder,
    entryPoints: ['demo.ts', 'operators.ts', 'style.css'],
    outdir: '/',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
  })
  const bundled = bundle.outputFiles.map((file): [string, Page] => {
    const path = file.path.slice(file.path.lastIndexOf('/'))
    const contentType = path.endsWith('.css') ? 'text/css' : 'text/javascript'
    return [path, { contentType: `${contentType}; charset=utf-8`, body: file.text }]
  })
  const demo = await readPage('demo.html', 'text/html; charset=utf-8')
  return new Map([
    ...bundled,
    ['/', demo],
    ['/callback', demo],
    ['/operators', await readPage('operators.html', 'text/html; charset=utf-8')],
    ['/icon.svg', await readPage('icon.svg', 'image/svg+xml')],
  ])
}

/** The docs site: its only scripts are its own and those of its search, which runs as WebAssembly. */
export const siteHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': siteContentPolicy,
  'cross-origin-opener-policy': 'same-origin',
}

const readPage = async (name: string, contentType: string): Promise<Page> => ({
  contentType,
  body: await readFile(folder + name, 'utf8'),
})

/** Returns the headers of every page; scripts may connect only to this origin, the proxy and the pool. */
export const pageHeaders = (settings: DemoSettings): Readonly<Record<string, string>> => {
  const origins = [
    settings.tokenEndpoint,
    settings.issuer,
    settings.jwksUri,
    settings.userinfoEndpoint,
  ].map((address) => new URL(address).origin)
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      `connect-src 'self' ${[...new Set(origins)].join(' ')}`,
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
    // The address of the callback holds the code until the page has cleared it.
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  }
}
