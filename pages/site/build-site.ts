import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Configuration, Eleventy } from '@11ty/eleventy'
import { close, createIndex } from 'pagefind'
import { toPageHtml } from './page-html.ts'
import {
  type LinkResolver,
  openLinkResolver,
  type SitePage,
  toRelative,
  toSitePage,
} from './site-pages.ts'

const root = join(import.meta.dirname, '..', '..')
const templates = 'pages/site/templates'

/** What the head of every page leads to. */
const menu = [
  { text: 'Errors', address: 'errors/' },
  { text: 'Runbook', address: 'runbook/' },
  { text: 'Front ends', address: 'front-ends.md/' },
  { text: 'Deploy', address: 'deploy.md/' },
  { text: 'Settings', address: 'settings.md/' },
] as const

/** Pages that are at the root of the project, where hosts of Git repositories look for them. */
const rootPages = ['SECURITY.md', 'CHANGELOG.md']

/**
 * Builds the site of `docs/` with its search index. It must run in the root of the project, because Eleventy
 * takes every path from there.
 *
 * @param output a folder that does not exist yet, as a path from the root
 */
export async function buildSite(output: string): Promise<void> {
  const sources = [...globSync('docs/**/*.*', { cwd: root }), ...rootPages].sort()
  const pages = sources
    .filter((path) => path.endsWith('.md'))
    .map((source) => toSitePage({ source, text: readFileSync(join(root, source), 'utf8') }))
  const files = sources.filter((path) => path.startsWith('docs/') && !path.endsWith('.md'))
  const resolve = openLinkResolver(pages, files)
  const eleventy = new Eleventy(templates, output, {
    quietMode: true,
    config: (configuration) => configure(configuration, pages, files, resolve),
  })
  await eleventy.write()
  await writeSearchIndex(output)
}

function configure(
  configuration: Configuration,
  pages: readonly SitePage[],
  files: readonly string[],
  resolve: LinkResolver,
): void {
  configuration.setUseGitIgnore(false)
  configuration.setTemplateFormats(['html', 'njk'])
  configuration.addGlobalData('menu', menu)
  for (const page of pages) {
    const { source, address, title, sections } = page
    configuration.addTemplate(`${source}.html`, toPageHtml(page, resolve), {
      layout: 'frame.njk',
      permalink: `${address}index.html`,
      // What looks like a template in the docs is text.
      templateEngineOverride: false,
      ...{ address, title, sections, root: toRelative(address, ''), isIndexed: true },
    })
  }
  configuration.addPassthroughCopy({
    'pages/site/assets': '.',
    // The site looks like the pages of `npm start`.
    'local/front-end/page/icon.svg': 'icon.svg',
    'local/front-end/page/theme.css': 'theme.css',
    ...Object.fromEntries(files.map((file) => [file, file.slice('docs/'.length)])),
  })
}

/** An underscore belongs to the words that readers look for, such as `unauthorized_client`. */
async function writeSearchIndex(output: string): Promise<void> {
  const { index, errors } = await createIndex({ includeCharacters: '_' })
  if (index === undefined) throw new Error(errors.join('\n'))
  await index.addDirectory({ path: output })
  await index.writeFiles({ outputPath: join(output, 'pagefind') })
  await close()
}
