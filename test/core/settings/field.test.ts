import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  choiceField,
  type Field,
  listField,
  optionalTextField,
  subsetField,
  switchField,
  textField,
  wholeNumberField,
} from '../../../core/settings/field.ts'

const meaning = 'What it means.'
const choice = { rule: 'must be one of these', meaning }
const text = { syntax: { pattern: /^[a-z]$/ }, rule: 'must be a letter', meaning }

/** What a field gives for a value, and the problems that it notes, each after its place. */
function read(field: Field<unknown>, value: unknown): readonly [unknown, ...string[]] {
  const problems: string[] = []
  const given = field.parse(value, (problem, place = '') => problems.push(`${place} ${problem}`))
  return [given, ...problems]
}

const rows: readonly (readonly [string, Field<unknown>, unknown, unknown, ...string[]])[] = [
  ['a text', textField(text), 'a', 'a'],
  ['a text that is wrong', textField(text), 'A', 'A', ' must be a letter'],
  ['a text that is a number', textField(text), 7, '', ' must be a letter'],
  ['no text', textField(text), undefined, '', ' is missing'],
  ['no text where it may be left out', optionalTextField(text), undefined, undefined],
  ['null for a text that may be left out', optionalTextField(text), null, '', ' must be a letter'],
  ['a list', listField(text), ['a', 'b'], ['a', 'b']],
  ['no list', listField(text), undefined, [], ' is missing'],
  ['no list where it may be left out', listField({ ...text, byDefault: [] }), undefined, []],
  ['null for a list', listField(text), null, []],
  ['a list that is a text', listField(text), 'a', [], ' must be a list'],
  ['a list with repeats', listField(text), ['a', 'b', 'a'], ['a', 'b'], '[2] is repeated'],
  ['a list with a number', listField(text), [7, 'a'], ['a'], '[0] must be a letter'],
  ['a subset in another order', subsetField(['a', 'b'], text), ['b', 'a'], ['a', 'b']],
  ['no subset', subsetField(['a', 'b'], text), undefined, ['a', 'b']],
  ['an empty subset', subsetField(['a'], text), [], [], ' must not be empty'],
  ['a subset of others', subsetField(['a'], text), ['a', 'c'], ['a'], '[1] must be a letter'],
  ['one of two', choiceField(['a', 'b'], { byDefault: 'a', ...choice }), 'b', 'b'],
  ['none of two', choiceField(['a', 'b'], { byDefault: 'a', ...choice }), undefined, 'a'],
  [
    'another than one of three',
    choiceField(['a', 'b', 'c'], { byDefault: 'b', ...choice }),
    'd',
    'b',
    ' must be one of these',
  ],
  ['true', switchField({ byDefault: false, meaning }), true, true],
  ['no switch', switchField({ byDefault: true, meaning }), undefined, true],
  [
    'a switch as a text',
    switchField({ byDefault: false, meaning }),
    'true',
    false,
    ' must be true or false',
  ],
  ...[1, 2, 3].map((value) => [`${value} of 1 to 3`, count(), value, value] as const),
  ...[0, 4, 1.5, '2'].map(
    (value) =>
      [`${value} of 1 to 3`, count(), value, 2, ' must be a whole number from 1 to 3'] as const,
  ),
  ['no number', count(), undefined, 2],
]

function count(): Field<number> {
  return wholeNumberField({ byDefault: 2, least: 1, most: 3, meaning })
}

for (const [what, field, value, ...expected] of rows) {
  test(`reads ${what}`, () => {
    assert.deepEqual(read(field, value), expected)
  })
}
