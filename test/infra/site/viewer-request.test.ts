import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AnyNode, parse } from 'acorn'
import { handler } from '../../../infra/site/viewer-request.ts'
import { openViewerFunction, toViewerEvent } from '../../fixtures/infra/viewer-request.ts'

const code = handler.toString()
const answer = openViewerFunction(code)
const ask = (target: string) => answer(toViewerEvent(target))

const files: readonly [target: string, file: string][] = [
  ['/', '/index.html'],
  ['/runbook/', '/runbook/index.html'],
  ['/runbook/waf_blocked.md/', '/runbook/waf_blocked.md/index.html'],
  ['/icon.svg', '/icon.svg'],
  ['/pagefind/wasm.en.pagefind', '/pagefind/wasm.en.pagefind'],
  ['/causes.d.ts', '/causes.d.ts'],
  ['//', '//index.html'],
]
for (const [target, file] of files) {
  test(`${target} is the file ${file}`, () => {
    assert.deepEqual(ask(target), { uri: file, querystring: {} })
  })
}

/** Where a browser ends that asks for a target of the site. */
function follow(target: string): string {
  const redirect = ask(target)
  assert.ok('statusCode' in redirect, target)
  assert.equal(redirect.statusCode, 301)
  return new URL(redirect.headers['location']?.value ?? '', `https://site.example${target}`).href
}

const redirects: readonly [target: string, address: string][] = [
  ['/runbook/waf_blocked.md', '/runbook/waf_blocked.md/'],
  ['/runbook', '/runbook/'],
  ['/search?q=invalid_client', '/search/?q=invalid_client'],
  ['/search?q=a&q=b%26c&x=', '/search/?q=a&q=b%26c&x='],
]
for (const [target, address] of redirects) {
  test(`${target} leads to ${address}`, () => {
    assert.equal(follow(target), `https://site.example${address}`)
  })
}

test('no path leads away from the site', () => {
  const hostile = [
    ...['//evil.md', '///evil', '/x//evil.md', '/\\evil.md', '/javascript:alert(1)', '/https:'],
    ...['/%0d%0aset-cookie:a=b', '//evil%2emd', '/.md', '/..;/evil', '/@evil.md'],
  ]
  for (const target of hostile) {
    const reached = ask(target)
    if (!('statusCode' in reached)) continue
    assert.ok(follow(target).startsWith('https://site.example/'), target)
    assert.match(reached.headers['location']?.value ?? '', /^\.\/[^\r\n]*\/$/)
  }
})

test('the function has only what the runtime cloudfront-js-2.0 knows, and is within 10 kB', () => {
  assert.ok(code.length < 10_000)
  const odd: string[] = []
  const isKnown = (type: string, node: AnyNode) =>
    ![
      'ForOfStatement',
      'SpreadElement',
      'ObjectPattern',
      'ArrayPattern',
      'ClassDeclaration',
    ].includes(type) &&
    type !== 'ChainExpression' &&
    !(node.type === 'LogicalExpression' && node.operator === '??') &&
    !('async' in node && node.async === true)
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (
      'type' in value &&
      typeof value.type === 'string' &&
      !isKnown(value.type, value as AnyNode)
    ) {
      odd.push(value.type)
    }
    for (const one of Object.values(value)) walk(one)
  }
  walk(parse(code, { ecmaVersion: 2021 }))
  assert.deepEqual(odd, [])
})
