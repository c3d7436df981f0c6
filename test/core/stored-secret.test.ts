import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../core/causes/catalogue.ts'
import { parseStoredSecret } from '../../core/stored-secret.ts'

const good: readonly (readonly [string, string, string])[] = [
  [
    'JSON with both fields',
    '{"client_id":"client1","client_secret":"s3cret+value"}',
    's3cret+value',
  ],
  ['JSON without a client id', '{"client_secret":"s3cret"}', 's3cret'],
  ['JSON among spaces', ' \n{"client_secret":"s3cret"}\n', 's3cret'],
  ['JSON with further fields', '{"client_secret":"s3cret","note":1}', 's3cret'],
  ['a bare secret', 's3cret', 's3cret'],
  ['a bare secret with a line end', ' s3cret\n', 's3cret'],
  ['one character', 'a', 'a'],
  ['256 characters', 'a'.repeat(256), 'a'.repeat(256)],
  ['both ends of visible ASCII', '!~', '!~'],
  ['a secret that begins like a placeholder', 'changeme1', 'changeme1'],
  ['a secret that ends like a placeholder', '1changeme', '1changeme'],
  ['a secret with a placeholder within', 'my-todo-list', 'my-todo-list'],
  ['two letters x', 'xx', 'xx'],
  ['angle brackets at the start alone', '<abc', '<abc'],
  ['an open bracket at the end', 'abc>', 'abc>'],
]

for (const [what, text, expected] of good) {
  test(`reads ${what} as the secret`, () => {
    const parsed = parseStoredSecret(text, 'client1')
    assert.ok(parsed.ok)
    assert.equal(parsed.value.reveal(), expected)
  })
}

type Evidence =
  | 'not_text'
  | 'not_json'
  | 'client_secret_missing'
  | 'client_secret_unusable'
  | 'client_id_differs'
  | 'placeholder'

const placeholders = [
  'changeme',
  'CHANGE_ME',
  'change-me',
  'replaceme',
  'replace me',
  'placeholder',
  'secret',
  'password',
  'todo',
  'xxx',
  'XXXXXXXX',
  '<your secret>',
  '<>',
]

const bad: readonly (readonly [string, string | undefined, Evidence])[] = [
  ['bytes instead of text', undefined, 'not_text'],
  ['JSON that breaks off', '{"client_secret":"s3cret"', 'not_json'],
  ['an empty object', '{}', 'client_secret_missing'],
  ['a secret that is a number', '{"client_secret":1}', 'client_secret_missing'],
  ['a secret that is null', '{"client_secret":null}', 'client_secret_missing'],
  ['an empty secret', '{"client_secret":""}', 'client_secret_unusable'],
  ['an empty text', '', 'client_secret_unusable'],
  ['spaces alone', ' \n ', 'client_secret_unusable'],
  ['a space within', 'a b', 'client_secret_unusable'],
  ['a line end within', 'a\nb', 'client_secret_unusable'],
  ['a space at the end of the field', '{"client_secret":"a "}', 'client_secret_unusable'],
  ['a space at the start of the field', '{"client_secret":" a"}', 'client_secret_unusable'],
  ['a control character', 'a\u007f', 'client_secret_unusable'],
  ['a character beyond ASCII', 'sécret', 'client_secret_unusable'],
  ['257 characters', 'a'.repeat(257), 'client_secret_unusable'],
  ["another client's id", '{"client_id":"other","client_secret":"s3cret"}', 'client_id_differs'],
  ['a client id that is null', '{"client_id":null,"client_secret":"s3cret"}', 'client_id_differs'],
  ...placeholders.map(
    (text) => [`the placeholder ${text}`, text, 'placeholder'] as [string, string, Evidence],
  ),
  ['a placeholder in JSON', '{"client_secret":"changeme"}', 'placeholder'],
]

for (const [what, text, evidence] of bad) {
  test(`refuses ${what} as ${evidence}`, () => {
    assert.deepEqual(
      parseStoredSecret(text, 'client1'),
      fail('secret_malformed', { evidence: [evidence] }),
    )
  })
}

test('a refused value is in no part of the failure', () => {
  for (const text of ['{"client_secret":"canary one"}', 'canary two', '{"canary":']) {
    assert.doesNotMatch(JSON.stringify(parseStoredSecret(text, 'client1')), /canary/)
  }
})
