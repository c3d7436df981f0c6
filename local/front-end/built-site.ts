import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toSiteContentType } from '../../core/site-files.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = join(root, 'dist', 'site')
const sourceFolders = ['docs', join('pages', 'site')]
const otherSources = [
  ...['SECURITY.md', 'CHANGELOG.md', 'package-lock.json'],
  ...['icon.svg', 'theme.css'].map((name) => join('local', 'front-end', 'page', name)),
]

/** The answer to a path of the site. */
export type SiteAnswer =
  | { readonly kind: 'file'; readonly contentType: string; readonly body: Buffer }
  /** The address of a folder without its trailing slash: redirected, as static hosts do. */
  | { readonly kind: 'folder' }
  | { readonly kind: 'absent' }

/** The site that `npm run site` builds. */
export interface BuiltSite {
  /** @param path below the site, such as `runbook/waf_blocked.md/` */
  readonly find: (path: string) => Promise<SiteAnswer>
}

/** Returns the site, which is built at the first request if it is older than its sources. */
export function openBuiltSite(): BuiltSite {
  let listed: Promise<ReadonlySet<string>> | undefined
  const find = async (path: string): Promise<SiteAnswer> => {
    listed ??= ensureSite()
    const files = await listed
    const name = path === '' || path.endsWith('/') ? `${path}index.html` : path
    if (files.has(name)) {
      const body = await readFile(join(folder, name))
      return { kind: 'file', contentType: toSiteContentType(name), body }
    }
    return { kind: files.has(`${name}/index.html`) ? 'folder' : 'absent' }
  }
  return { find }
}

/** Lists the files of the site: no other can be asked for. */
async function ensureSite(): Promise<ReadonlySet<string>> {
  if (!isBuilt()) await build()
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return new Set(files.map(({ parentPath, name }) => toSitePath(join(parentPath, name))))
}

const toSitePath = (path: string): string => relative(folder, path).replaceAll('\\', '/')

function isBuilt(): boolean {
  const start = join(folder, 'index.html')
  if (!existsSync(start)) return false
  const builtAtMs = statSync(start).mtimeMs
  const sources = sourceFolders.flatMap((name) => [
    name,
    ...readdirSync(join(root, name), { recursive: true, encoding: 'utf8' }).map((inside) =>
      join(name, inside),
    ),
  ])
  return [...sources, ...otherSources].every(
    (source) => statSync(join(root, source)).mtimeMs <= builtAtMs,
  )
}

/** Builds in a separate process, whose memory is given back and whose output stays off standard output. */
async function build(): Promise<void> {
  const script = join(root, 'tools', 'site.ts')
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 2, 2] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error('the site could not be built: npm run site')
}
