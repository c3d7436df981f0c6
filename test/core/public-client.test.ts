import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toPublicClientId } from '../../core/public-client.ts'

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`

test('an empty secret is none, and only the client id remains (RFC 6749 §2.3.1)', () => {
  for (const [header, id] of [
    [basic('client1:'), 'client1'],
    [basic('client1:').replace('Basic', 'basic'), 'client1'],
    [basic('client1:').replace(' ', '  '), 'client1'],
    [basic('client1:').replaceAll('=', ''), 'client1'],
    [basic('a%2Bb:'), 'a+b'],
    [basic('a%3Ab:'), 'a:b'],
    [basic('a+b:'), 'a b'],
  ] as const) {
    assert.equal(toPublicClientId(header), id, header)
  }
})

test('anything else is no client id', () => {
  for (const header of [
    undefined,
    '',
    'Basic',
    'Basic ',
    basic(':'),
    basic('client1'),
    basic(''),
    basic('client1:secret'),
    basic('client1: '),
    basic('client1::'),
    basic(':client1:'),
    basic('%zz:'),
    basic('%00:'),
    'Basic =',
    'Basic gIA6',
    'Bearer Y2xpZW50MTo=',
    `${basic('client1:')},${basic('client1:')}`,
    `${basic('client1:')} x`,
    `x${basic('client1:')}`,
    `Basic ${'A'.repeat(40_000)}`,
  ]) {
    assert.equal(toPublicClientId(header), undefined, header)
  }
})
