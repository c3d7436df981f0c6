import assert from 'node:assert/strict'
import { test } from 'node:test'
import { siteContentPolicy, toSiteCacheControl, toSiteContentType } from '../../core/site-files.ts'

const types: readonly [name: string, type: string][] = [
  ['index.html', 'text/html; charset=utf-8'],
  ['runbook/waf_blocked.md/index.html', 'text/html; charset=utf-8'],
  ['site.css', 'text/css; charset=utf-8'],
  ['pagefind/pagefind-ui.js', 'text/javascript; charset=utf-8'],
  ['causes.d.ts', 'text/plain; charset=utf-8'],
  ['causes.schema.json', 'application/json'],
  ['icon.svg', 'image/svg+xml'],
  ['demo-dark.png', 'image/png'],
  ['pagefind/wasm.en.pagefind', 'application/octet-stream'],
  ['LICENSE', 'application/octet-stream'],
  ['odd.constructor', 'application/octet-stream'],
]
for (const [name, type] of types) {
  test(`${name} is served as ${type}`, () => {
    assert.equal(toSiteContentType(name), type)
  })
}

test('a browser keeps for good only what has a digest in its name', () => {
  const forGood = ['pagefind/fragment/en_38d2c61.pf_fragment', 'pagefind/index/en_1a2b3c4.pf_index']
  for (const name of forGood) assert.match(toSiteCacheControl(name), /immutable$/)
  for (const name of ['index.html', 'pagefind/pagefind.js', 'pagefind/pagefind-entry.json']) {
    assert.equal(toSiteCacheControl(name), 'public, max-age=300')
  }
})

test('pages load nothing of other hosts, run no inline script, and are in no frame', () => {
  assert.match(siteContentPolicy, /^default-src 'none'; /)
  assert.doesNotMatch(siteContentPolicy, /unsafe-inline|'unsafe-eval'|https?:|\*/)
  assert.match(siteContentPolicy, /frame-ancestors 'none'/)
})
