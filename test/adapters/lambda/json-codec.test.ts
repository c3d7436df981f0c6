import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DescribeSecretResponse$ } from '@aws-sdk/client-secrets-manager'
import {
  JsonShapeDeserializer2,
  JsonShapeSerializer2,
} from '../../../adapters/lambda/json-codec.ts'

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

async function deserialize(text: string): Promise<unknown> {
  const deserializer = new JsonShapeDeserializer2()
  deserializer.setSerdeContext()
  return deserializer.read(DescribeSecretResponse$, Buffer.from(text))
}

const read = [
  { says: 'a text', json: '{"Name":"a\\u00fc"}', value: { Name: 'aü' } },
  { says: 'a time', json: '{"CreatedDate":1.5004}', value: { CreatedDate: new Date(1500) } },
  {
    says: 'a list',
    json: '{"Tags":[{"Key":"k","Value":"v"}]}',
    value: { Tags: [{ Key: 'k', Value: 'v' }] },
  },
  {
    says: 'a map',
    json: '{"VersionIdsToStages":{"v1":["AWSCURRENT"]}}',
    value: { VersionIdsToStages: { v1: ['AWSCURRENT'] } },
  },
  {
    says: 'a name that could change an object',
    json: '{"VersionIdsToStages":{"__proto__":["a"]}}',
  },
  { says: 'nothing', json: '{"Name":null,"Other":1}', value: {} },
  { says: 'an empty answer', json: '', value: {} },
]
for (const { says, json, value } of read) {
  test(`an answer with ${says} is read as the SDK reads it`, async () => {
    const answer = await deserialize(json)
    if (value !== undefined) assert.deepEqual(answer, value)
    else assert.equal(JSON.stringify(answer), json)
  })
}
