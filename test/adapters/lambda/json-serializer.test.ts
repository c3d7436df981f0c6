import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JsonShapeSerializer2 } from '../../../adapters/lambda/json-serializer.ts'

function serialize(input: unknown): string {
  const serializer = new JsonShapeSerializer2()
  serializer.setSerdeContext()
  serializer.write(undefined, input)
  return serializer.flush()
}

const written = [
  { input: {}, text: '{}' },
  { input: { SecretId: 'a"ü', VersionStage: undefined }, text: '{"SecretId":"a\\"ü"}' },
  { input: { Item: { n: { N: '1' }, l: [{ BOOL: true }, null] } } },
  { input: Object.assign(Object.create(null), { a: 1 }), text: '{"a":1}' },
]
for (const { input, text = JSON.stringify(input) } of written) {
  test(`the input of a call is written as ${text}`, () => {
    assert.equal(serialize(input), text)
  })
}

for (const [says, value] of [
  ['a time', new Date(0)],
  ['bytes', Buffer.from('a')],
  ['a big number', 1n],
  ['a map', new Map()],
] as const) {
  test(`an input with ${says} is refused, because JSON has no form of it`, () => {
    assert.throws(() => serialize({ field: { inner: value } }), TypeError)
  })
}
