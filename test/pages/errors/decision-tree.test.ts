import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Branch,
  groupBranches,
  nameSteps,
  toDecisionTree,
} from '../../../pages/errors/decision-tree.ts'

const always: Branch = { ask: 'Is `a` < b & c?', reason: 'waf_blocked', steps: undefined }
const code: Branch = { ask: 'Second?', reason: 'code_expired', steps: ['code'] }
const refresh: Branch = { ask: 'Third?', reason: 'refresh_token_expired', steps: ['refresh'] }

test('branches are grouped by their steps only where all of them have some', () => {
  assert.deepEqual(groupBranches([code, always]), [['', [code, always]]])
  assert.deepEqual(groupBranches([code, refresh]), [
    ['with a code', [code]],
    ['with a refresh token', [refresh]],
  ])
  assert.equal(nameSteps(['code', 'machine']), 'with a code or with client_credentials')
  assert.equal(nameSteps(), '')
})

test('a tree asks one question after the other, and says no between two of one group', () => {
  const tree = toDecisionTree('Title', [always, code])
  assert.equal(tree.match(/>yes</g)?.length, 2)
  assert.equal(tree.match(/>no</g)?.length, 1)
  assert.doesNotMatch(tree, /Only /)
  const grouped = toDecisionTree('Title', [code, refresh])
  assert.doesNotMatch(grouped, />no</)
  assert.match(grouped, />Only with a code:</)
})

test('texts in a tree are escaped, and its height fits every row', () => {
  const tree = toDecisionTree('A & B', [always])
  assert.match(tree, /<title id="t">A &amp; B<\/title>/)
  assert.match(tree, />Is a &lt; b &amp; c\?</)
  const height = Number(/height="(\d+)" role/.exec(tree)?.[1])
  const lowest = [...tree.matchAll(/<rect [^>]*y="(\d+)"/g)].map(([, y]) => Number(y))
  assert.ok(height >= Math.max(...lowest) + 34)
})
