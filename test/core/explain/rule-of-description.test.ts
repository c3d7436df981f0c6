import assert from 'node:assert/strict'
import { test } from 'node:test'
import { near, toRule } from '../../../core/explain/rule-of-description.ts'
import { toPasted } from '../../fixtures/core/pasted.ts'

test('two expressions are near in one line, in any order, and not far apart', () => {
  const words = near('secret', 'wrong|old')
  assert.ok(words.test('the secret is wrong') && words.test('an OLD secret'))
  assert.ok(!words.test('the secret\nis wrong'))
  assert.ok(!words.test(`the secret ${'is '.repeat(50)}wrong`))
  assert.ok(!words.test('the secretary is told'))
})

test('a description leaves a reason possible and never more', () => {
  const rule = toRule({ reason: 'clock_skewed', topic: 'a clock', words: /clock/ })
  assert.deepEqual([rule.verdict, rule.because], ['possible', 'The text speaks of a clock.'])
  assert.ok(rule.applies(toPasted('the clock')) && !rule.applies(toPasted('the time')))
})
