import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from './pages.ts'

const folder = fileURLToPath(new URL('../../docs/runbook/', import.meta.url))

/** The comments around generated parts, which are for those who edit a page. */
const marks = /^<!-- .* -->\n+/gm

/**
 * Finds what a path is answered with: for a page of the runbook, under the address that the proxy gives in
 * its answers and records, the one that shows it; below `/runbook-text/` its text. Undefined where the
 * runbook has no such page.
 *
 * @param reader the page that fetches the text and shows it
 */
export const findRunbookPage = async (
  path: string,
  reader: Page | undefined,
): Promise<Page | undefined> => {
  const [, place, name] = /^\/(runbook|runbook-text)\/([\w-]+)\.md$/.exec(path) ?? []
  if (name === undefined) return undefined
  try {
    const text = await readFile(`${folder}${name}.md`, 'utf8')
    const body = text.replaceAll(marks, '')
    return place === 'runbook' ? reader : { contentType: 'text/plain; charset=utf-8', body }
  } catch {
    return undefined
  }
}
