import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toLineDiff } from '../../pages/line-diff.ts'

const cases: readonly (readonly [what: string, before: string, after: string, diff: string])[] = [
  ['nothing that changes', 'a\nb', 'a\nb', '  a\n  b'],
  ['a line that becomes another', 'a\nb\nc', 'a\nx\nc', '  a\n- b\n+ x\n  c'],
  ['a line more', 'a\nc', 'a\nb\nc', '  a\n+ b\n  c'],
  ['a line less at the end', 'a\nb', 'a', '  a\n- b'],
  ['another line at the beginning', 'a\nb', 'x\nb', '- a\n+ x\n  b'],
  ['a line that stands twice', 'a\na\nb', 'a\nb', '  a\n- a\n  b'],
  ['no line in common', 'a', 'b', '- a\n+ b'],
]

for (const [what, before, after, diff] of cases) {
  test(`the difference shows ${what}`, () => {
    assert.equal(toLineDiff(before, after), diff)
  })
}
