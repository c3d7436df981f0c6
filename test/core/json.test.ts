import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseJson, parseJsonObject } from '../../core/json.ts'

test('reads every kind of JSON value', () => {
  assert.deepEqual(parseJson('{"a":[1]}'), { a: [1] })
  assert.equal(parseJson('null'), null)
  assert.equal(parseJson('"text"'), 'text')
  assert.equal(parseJson(' 1 '), 1)
})

for (const text of ['', '{', 'a', "{'a':1}", '{"a":1}}', '\uFEFF{}']) {
  test(`reads ${JSON.stringify(text)} as undefined instead of throwing`, () => {
    assert.equal(parseJson(text), undefined)
    assert.equal(parseJsonObject(text), undefined)
  })
}

for (const text of ['null', '[]', '[{"a":1}]', '"a"', '1', 'true']) {
  test(`takes ${text} for no object`, () => {
    assert.equal(parseJsonObject(text), undefined)
  })
}

test('reads an object, with __proto__ as a name like any other', () => {
  const fields = parseJsonObject('{"a":1,"__proto__":{"polluted":true}}')
  assert.deepEqual(Object.entries(fields ?? {}), [
    ['a', 1],
    ['__proto__', { polluted: true }],
  ])
  assert.equal(fields?.['polluted'], undefined)
  assert.deepEqual(parseJsonObject('{}'), {})
})
