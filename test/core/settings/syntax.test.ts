import assert from 'node:assert/strict'
import { test } from 'node:test'
import { edgeKeyHeader } from '../../../core/edge-key.ts'
import { hasSyntax, syntaxes, type TextSyntax } from '../../../core/settings/syntax.ts'

test('every pattern is anchored and has no flags, so that a JSON Schema means the same by it', () => {
  for (const [name, { pattern }] of Object.entries<TextSyntax>(syntaxes)) {
    assert.match(pattern.source, /^\^.*\$$/, name)
    assert.equal(pattern.flags, '', name)
  }
})

test('takes what both the pattern and the check take', () => {
  const syntax = { pattern: /^[a-z]+$/, check: (text: string) => text !== 'unknown' }
  assert.deepEqual(
    ['shop', 'SHOP', 'unknown', '', 7, undefined, ['shop']].map((one) => hasSyntax(one, syntax)),
    [true, false, false, false, false, false, false],
  )
  assert.ok(hasSyntax('unknown', { pattern: syntax.pattern }))
})

test('a page may add any header but the one that proves a CDN', () => {
  assert.deepEqual(
    ['x-own', 'X-Own', '*', '', edgeKeyHeader].map((name) => hasSyntax(name, syntaxes.headerName)),
    [true, false, false, false, false],
  )
})
