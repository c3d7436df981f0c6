import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSameSite } from '../../../core/settings/same-site.ts'

const same: readonly (readonly [string, string])[] = [
  ['https://app.example.com', 'https://app.example.com'],
  ['https://app.example.com', 'https://login.example.com'],
  ['https://app.example.com', 'https://example.com'],
  ['https://a.b.c.example.com', 'https://login.example.com:8443'],
  ['https://app.example.co.uk', 'https://login.example.co.uk'],
  ['https://app.example.com.au', 'https://example.com.au'],
  ['https://co.example.de', 'https://login.example.de'],
  ['https://app.com.example', 'https://login.com.example'],
  ['https://shop.github.io', 'https://shop.github.io'],
  ['https://app.notgithub.io', 'https://login.notgithub.io'],
  ['http://localhost:3000', 'http://localhost:8787'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:8787'],
  ['http://[::1]:3000', 'http://[::1]:8787'],
]

const different: readonly (readonly [string, string])[] = [
  ['https://app.example.com', 'https://login.example.org'],
  ['https://app.example.com', 'https://app-example.com'],
  ['https://app.example.com', 'https://notexample.com'],
  ['http://localhost:3000', 'https://localhost:8787'],
  ['http://localhost:3000', 'http://127.0.0.1:8787'],
  ['http://127.0.0.1', 'http://[::1]'],
  ['http://10.0.0.1', 'http://127.0.0.1'],
  ['https://one.co.uk', 'https://two.co.uk'],
  ['https://one.com.au', 'https://two.com.au'],
  ['https://app.example.com', 'https://abc.execute-api.eu-central-1.amazonaws.com'],
  [
    'https://one.execute-api.eu-central-1.amazonaws.com',
    'https://two.execute-api.eu-central-1.amazonaws.com',
  ],
  ['https://d1.cloudfront.net', 'https://d2.cloudfront.net'],
  ['https://one.github.io', 'https://two.github.io'],
  ['https://github.io', 'https://two.github.io'],
  ['https://main.one.amplifyapp.com', 'https://main.two.amplifyapp.com'],
  ['https://one.lambda-url.eu-central-1.on.aws', 'https://two.lambda-url.eu-central-1.on.aws'],
]

for (const [one, other] of same) {
  test(`${one} and ${other} are one site`, () => {
    assert.ok(isSameSite(one, other))
    assert.ok(isSameSite(other, one))
  })
}

for (const [one, other] of different) {
  test(`${one} and ${other} are two sites`, () => {
    assert.ok(!isSameSite(one, other))
    assert.ok(!isSameSite(other, one))
  })
}

test('a text that is no URL belongs to no other site', () => {
  assert.ok(isSameSite('', ''))
  assert.ok(!isSameSite('', 'https://app.example.com'))
})
