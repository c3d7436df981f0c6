import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { checkCauseNames } from '../../../core/causes/doctor.ts'
import { wordingNames } from '../../../core/explain/wordings.ts'
import { toRunbookLink } from '../../../core/http-answer.ts'
import {
  followLink,
  listTargets,
  readSection,
  readSite,
  type SiteFiles,
} from '../../fixtures/pages/built-site.ts'

let site: SiteFiles
before(async () => {
  site = await readSite()
})

const root = join(import.meta.dirname, '..', '..', '..')
const isOutside = (target: string) => /^(?:https?|mailto):/.test(target)
const idsOf = (html: string) => [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id)

/** What the links of a page lead to, by one click. */
const click = (from: string) =>
  listTargets(site.pages.get(from) ?? '')
    .filter((target) => !isOutside(target))
    .map((target) => followLink(from, target))

test('every Markdown file of the docs is a page at its own path', () => {
  const sources = globSync('docs/**/*.md', { cwd: root }).map((path) => path.slice('docs/'.length))
  assert.ok(sources.length > 100)
  for (const source of sources) {
    const address = source.endsWith('README.md')
      ? source.slice(0, -'README.md'.length)
      : `${source}/`
    assert.ok(site.pages.has(address), source)
  }
})

test('the link of every cause leads to its page, where a static host adds the slash', () => {
  for (const cause of checkCauseNames) {
    const { pathname } = new URL(toRunbookLink('https://docs.example.com/runbook', cause))
    const html = site.pages.get(`${pathname.slice(1)}/`)
    assert.match(html ?? '', new RegExp(`<h1 id="${cause}">`), cause)
  }
})

test('every link inside the site leads to a page or a file, and every anchor to a heading', () => {
  let followed = 0
  for (const [from, html] of site.pages) {
    for (const target of listTargets(html).filter((one) => !isOutside(one))) {
      const { path, anchor } = followLink(from, target)
      const page = site.pages.get(path)
      assert.ok(page !== undefined || site.paths.has(path), `${from} links to ${target}`)
      if (anchor !== '') assert.ok(idsOf(page ?? '').includes(anchor), `${from} links to ${target}`)
      followed += 1
    }
  }
  assert.ok(followed > 1000, `${followed}`)
})

test('no page has an anchor twice, or a link that only works at the root of a host', () => {
  for (const [address, html] of site.pages) {
    const ids = idsOf(html)
    assert.deepEqual([...new Set(ids)], ids, address)
    assert.deepEqual(
      listTargets(html).filter((target) => target.startsWith('/')),
      [],
      address,
    )
  }
})

test('no comment for editors and no raw Markdown link is left in a page', () => {
  for (const [address, html] of site.pages) {
    assert.doesNotMatch(html, /&lt;!--|<!--/, address)
    assert.doesNotMatch(html.replaceAll(/<pre.*?<\/pre>/gs, ''), /\]\([\w./-]+\)/, address)
  }
})

test('the start page leads to the page of every wording', () => {
  const first = new Set(click('').map(({ path }) => path))
  for (const name of wordingNames) assert.ok(first.has(`errors/${name}.md/`), name)
})

/** The reasons that people meet behind a word, by the page of the word. */
const wellKnown = {
  'errors/unauthorized_client.md/': [
    'redirect_uri_mismatch',
    'malformed_basic_header',
    'oauth_flows_disabled',
    'grant_not_allowed',
    'callback_not_registered',
  ],
  'errors/cors.md/': ['client_secret_missing', 'origin_not_allowed'],
}

for (const [page, reasons] of Object.entries(wellKnown)) {
  test(`two clicks lead from the start page over ${page} to the fix of every well-known reason`, () => {
    assert.ok(click('').some(({ path }) => path === page))
    for (const reason of reasons) {
      assert.ok(
        click(page).some(({ path, anchor }) => path === page && anchor === reason),
        reason,
      )
      const section = readSection(site.pages.get(page) ?? '', reason)
      assert.match(section ?? '', /<strong>Fix:<\/strong> \w/, reason)
    }
  })
}
