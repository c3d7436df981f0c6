import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as published from 'token-proxy/causes'
import document from 'token-proxy/causes.json' with { type: 'json' }
import { toCauseLookup } from '../../core/causes/answered.ts'
import { publicRows } from '../../core/causes/public-rows.ts'
import * as advice from '../../core/causes/user-advice.ts'
import { toCausesDocument } from '../../pages/causes-document.ts'
import { bundleCausesModule } from '../../tools/causes-module.ts'

const source = toCauseLookup(publicRows)

test('the published module finds what the code finds', () => {
  assert.deepEqual(published.causeIds, source.causeIds)
  for (const id of source.causeIds) {
    assert.ok(published.isCauseId(id))
    assert.deepEqual(published.describeCause(id), source.describeCause(id))
    const { status, error, description: errorDescription } = source.describeCause(id)
    const answer = { status, error, errorDescription }
    assert.deepEqual(published.findCauses(answer), source.findCauses(answer))
  }
})

test('the published module gives a user the sentence that the code gives', () => {
  assert.deepEqual(published.userTexts, advice.userTexts)
  assert.deepEqual(published.languages, advice.languages)
  const reader = { language: 'ja-JP', requestId: 'r-1' }
  for (const id of published.causeIds) {
    for (const attempt of ['sign-in', 'refresh'] as const) {
      const chosen = published.chooseUserAdvice(published.describeCause(id), attempt)
      assert.equal(chosen, advice.chooseUserAdvice(published.describeCause(id), attempt))
      assert.equal(published.toUserText(chosen, reader), advice.toUserText(chosen, reader))
    }
  }
})

test('the published module imports nothing and is small enough for a front end', () => {
  const code = bundleCausesModule()
  assert.doesNotMatch(code, /\bimport\b|\brequire\b/)
  assert.ok(code.length < 32_768, `${code.length} characters`)
})

test('the document is published beside the module', () => {
  assert.deepEqual(document, toCausesDocument())
})
