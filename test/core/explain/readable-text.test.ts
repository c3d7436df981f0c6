import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mostCharacters, toReadable } from '../../../core/explain/readable-text.ts'

const texts: readonly (readonly [pasted: string, readable: string])[] = [
  ['"{\\"error\\":\\"x\\"}"', '"{"error":"x"}"'],
  ['https:\\/\\/a.example', 'https://a.example'],
  ['a\\nb', 'a\nb'],
  ['{&quot;a&quot;:1} &amp; b', '{"a":1} & b'],
  ['redirect_uri=https%3A%2F%2Fa.example%2f', 'redirect_uri=https://a.example/'],
  ['error_description=a+b&x=a+b', 'error_description=a b&x=a+b'],
  // A control character stays encoded, so that it makes no line of its own.
  ['a%0Ab%ffc', 'a%0Ab%ffc'],
  ['can\u2019t', "can't"],
  ['\\u0069nvalid\\u005fclient', 'invalid_client'],
  ['a%253Db', 'a=b'],
  ['invalid\u200b_client', 'invalid_client'],
  ['"\u001b[1;31minvalid_grant\u001b[0m"', '"invalid_grant"'],
  ['e\u0000r\u0000r\u0000', 'err'],
  ['\n[error] one\ttwo', '\n[error] one\ttwo'],
  ['{"name":"client_id","value":"demo"}', '{"client_id":"demo"}'],
]
for (const [pasted, readable] of texts) {
  test(`reads ${JSON.stringify(pasted)} as ${JSON.stringify(readable)}`, () => {
    assert.equal(toReadable(pasted), readable)
  })
}

test('a text longer than any failure is truncated', () => {
  assert.equal(toReadable('x'.repeat(mostCharacters + 1)).length, mostCharacters)
})
