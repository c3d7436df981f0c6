import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DetailOf } from '../../core/causes/catalogue.ts'
import { chooseNearestDifference } from '../../core/redirect-uri.ts'

type Difference = DetailOf<'redirect_uri_not_allowed'>

const one: readonly (readonly [string, string, Difference])[] = [
  ['https://a.example/cb/', 'https://a.example/cb', 'trailing_slash'],
  ['https://a.example/cb', 'https://a.example/cb/', 'trailing_slash'],
  ['https://a.example', 'https://a.example/', 'trailing_slash'],
  ['https://a.example/CB', 'https://a.example/cb', 'letter_case'],
  ['https://A.example/cb', 'https://a.example/cb', 'letter_case'],
  ['https://a.example/cb', 'https://a.example/Cb', 'letter_case'],
  ['HTTPS://a.example/cb', 'https://a.example/cb', 'letter_case'],
  ['https://a.example:8443/cb', 'https://a.example/cb', 'port'],
  ['https://a.example/cb', 'https://a.example:8443/cb', 'port'],
  ['http://localhost:3000/cb', 'http://localhost:3001/cb', 'port'],
  ['https://a.example:/cb', 'https://a.example/cb', 'nothing_near'],
  ['http://a.example/cb', 'https://a.example/cb', 'scheme'],
  ['com.example.app://open/cb', 'com.example.app2://open/cb', 'scheme'],
  ['a+b-c.d1://open/cb', 'a+b-c.d2://open/cb', 'scheme'],
  ['app:///cb', 'app2:///cb', 'scheme'],
  ['x://b', 'x://c', 'host'],
  ['https://b.example', 'https://a.example', 'host'],
  ['Z9://open/cb', 'x://open/cb', 'scheme'],
  ['https://a.example/cb?x=1', 'https://a.example/cb', 'query'],
  ['https://a.example/cb#x', 'https://a.example/cb', 'query'],
  ['https://a.example?x=1', 'https://a.example', 'query'],
  ['https://a.example/cb?x=1', 'https://a.example/cb?x=2', 'query'],
  ['https://a.example#x', 'https://a.example', 'query'],
  ['https://a.example/callback', 'https://a.example/cb', 'path'],
  ['https://a.example/cb//', 'https://a.example/cb', 'path'],
  ['https://a.example/cb/?x=1', 'https://a.example/cb?x=1', 'path'],
  ['https://b.example/cb', 'https://a.example/cb', 'host'],
  ['https://b.example:80/cb', 'https://a.example:80/cb', 'host'],
  ['https://b.example/other', 'https://a.example/cb', 'nothing_near'],
  ['http://a.example:80/cb', 'https://a.example/cb', 'nothing_near'],
  ['https://a.example:80x/cb', 'https://a.example:80/cb', 'path'],
  ['not an address', 'https://a.example/cb', 'nothing_near'],
  ['https://a.example/cb', 'com.example.app:/cb', 'nothing_near'],
  ['1https://a.example/cb', 'https://a.example/cb', 'nothing_near'],
  [' https://a.example/cb', 'https://a.example/cb', 'nothing_near'],
  ['x_y://a.example/cb', 'https://a.example/cb', 'nothing_near'],
  ['https:/a.example/cb', 'https://a.example/cb', 'nothing_near'],
  ['https://a.example/cb/', 'https://b.example/cb', 'nothing_near'],
]

for (const [sent, configured, expected] of one) {
  test(`calls ${sent} beside ${configured} ${expected} (RFC 9700 §2.1)`, () => {
    assert.equal(chooseNearestDifference(sent, [configured]), expected)
  })
}

/** One configured address for each way in which `https://a.example/cb` can differ, nearest first. */
const byNearness: readonly (readonly [Difference, string])[] = [
  ['trailing_slash', 'https://a.example/cb/'],
  ['letter_case', 'https://a.example/Cb'],
  ['port', 'https://a.example:8443/cb'],
  ['scheme', 'http://a.example/cb'],
  ['query', 'https://a.example/cb?x=1'],
  ['path', 'https://a.example/callback'],
  ['host', 'https://b.example/cb'],
  ['nothing_near', 'com.example.app:/other'],
]

for (const [index, [nearest]] of byNearness.entries()) {
  test(`prefers ${nearest} to every farther difference, wherever it stands in the list`, () => {
    const farther = byNearness.slice(index).map(([, uri]) => uri)
    assert.equal(chooseNearestDifference('https://a.example/cb', farther), nearest)
    assert.equal(chooseNearestDifference('https://a.example/cb', farther.toReversed()), nearest)
  })
}

test('finds nothing near where no redirect URI is configured', () => {
  assert.equal(chooseNearestDifference('https://a.example/cb', []), 'nothing_near')
})
