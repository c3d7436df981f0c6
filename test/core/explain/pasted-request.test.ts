import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readRequest } from '../../../core/explain/pasted-request.ts'

const methods: readonly (readonly [text: string, method: string | undefined])[] = [
  ['curl -X PUT https://a.example', 'PUT'],
  ['curl --request=post', undefined],
  ['curl --request POST https://a.example', 'POST'],
  ['GET https://a.example/oauth2/token 400', 'GET'],
  ['POST /oauth2/token HTTP/1.1', 'POST'],
  ["fetch(url, { method: 'post' })", 'POST'],
  ['curl https://a.example', 'GET'],
  ['curl https://a.example --data-urlencode a=b', 'POST'],
  ['{"error":"invalid_grant"}', undefined],
]
for (const [text, method] of methods) {
  test(`the method is ${method ?? 'not known'}: ${text}`, () => {
    assert.equal(readRequest(text).method, method ?? (text.includes('curl') ? 'GET' : undefined))
  })
}

const steps: readonly (readonly [text: string, step: string | undefined])[] = [
  ['grant_type=authorization_code', 'code'],
  ['"grant_type": "refresh_token"', 'refresh'],
  ["grant_type: 'client_credentials'", 'machine'],
  ['grant_type=password', undefined],
  ['AllowedOAuthFlows client_credentials', 'machine'],
  ['https://a.example/oauth2/revoke', 'revocation'],
  ['https://a.example/logout', 'logout'],
  ['https://a.example/cb?code=abc', 'code'],
  ['Failed to exchange authorization code', 'code'],
  ['exchanging the code', 'code'],
  ['refreshing the session', 'refresh'],
  ['it vanishes on refresh of the page', undefined],
  ['https://a.example/oauth2/authorize?x=1', 'authorize'],
  ['https://a.example/login', 'authorize'],
  ['https://a.example', undefined],
]
for (const [text, step] of steps) {
  test(`the step is ${step ?? 'not known'}: ${text}`, () => {
    assert.equal(readRequest(text).step, step)
  })
}

const headers: readonly (readonly [text: string, value: string | undefined])[] = [
  ['Content-Type: text/plain\nb', 'text/plain'],
  ["-H 'content-type: text/plain' -d x", 'text/plain'],
  [`-H "Content-Type: 'text/plain'" -d x`, "'text/plain'"],
  ['"content-type": "text/plain", "x": 1', 'text/plain'],
  ['< content-type: text/plain', 'text/plain'],
  ['-H "Content-Type=text/plain"', undefined],
  ['x-content-type: text/plain', undefined],
]
for (const [text, value] of headers) {
  test(`the header is ${value ?? 'not there'}: ${text}`, () => {
    assert.equal(readRequest(text).headerOf('content-type'), value)
  })
}

const basics: readonly (readonly [authorization: string, form: string])[] = [
  ['x', 'absent'],
  ['curl -u demo:secret', 'sound'],
  [`authorization: Basic ${btoa('demo:secret')}`, 'sound'],
  [`Authorization: basic ${btoa('demo:')}`, 'empty_secret'],
  [`Authorization: Basic ${btoa('demo:%41')}`, 'percent_encoded'],
  [`Authorization: Basic ${btoa('no colon')}`, 'not_a_pair'],
  ['Authorization: Basic $(echo)', 'hidden'],
  ['Authorization: Basic xxxxxxxxxxxxxxxx', 'hidden'],
  ['Authorization: Basic xxxx', 'hidden'],
  [`Authorization: Basic ${btoa(btoa('demo:secret'))}`, 'encoded_twice'],
  [`Authorization: Basic ${btoa(btoa('nothing'))}`, 'not_a_pair'],
]
for (const [authorization, form] of basics) {
  test(`the Basic header is ${form}: ${authorization}`, () => {
    assert.equal(readRequest(authorization).basic, form)
  })
}

test('redirect URIs of the sign-in page are distinguished from those of the exchange', () => {
  const text =
    'https://a.example/login?redirect_uri=https://b.example\ngrant_type=x&redirect_uri=https://c.example'
  const { authorizeRedirects, tokenRedirects, isShown, paths } = readRequest(text)
  assert.deepEqual(
    [authorizeRedirects, tokenRedirects, isShown],
    [['https://b.example'], ['https://c.example'], true],
  )
  assert.deepEqual(paths, ['/login', '/'])
})
