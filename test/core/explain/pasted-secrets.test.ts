import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPastedSecrets, secretKinds } from '../../../core/explain/pasted-secrets.ts'

const made = 'k3yThatWasMadeForThisTest'

const texts: readonly (readonly [text: string, kinds: readonly string[]])[] = [
  [`client_secret=${made}`, ['client_secret']],
  [`"ClientSecret": "${made}"`, ['client_secret']],
  [`CLIENT_SECRET=${made}`, ['client_secret']],
  [`clientSecret: '${made}'`, ['client_secret']],
  ['client_secret=SECRET', []],
  ['client_secret=<your secret>', []],
  ['client_secret=', []],
  [`Authorization: Basic ${btoa(`demo:${made}`)}`, ['basic_value']],
  [`curl -u demo:${made} https://a.example`, ['basic_value']],
  ['Basic authentication is used', []],
  [`AKIA${'A'.repeat(16)}`, ['aws_key']],
  [`aws_secret_access_key = ${made}`, ['aws_key']],
  [`COGNITO_CLIENT_SECRET=${made}`, ['client_secret']],
  [`client-secret: ${made}`, ['client_secret']],
  [`cognitoClientSecret = "${made}"`, ['client_secret']],
  [`--client-secret ${made}`, ['client_secret']],
  [`<client_secret>${made}</client_secret>`, ['client_secret']],
  [`"{\\"client_secret\\":\\"${made}\\"}"`, ['client_secret']],
  [`'client_secret' => '${made}'`, ['client_secret']],
  ['client_secret is wrong for this app', []],
  ['client_secret_basic, client_secret_post', []],
  [`requests.post(url, auth=('demo', '${made}'))`, ['basic_value']],
  [`HTTPBasicAuth(client_id, '${made}')`, ['basic_value']],
  [`https://demo:${made}@a.example/oauth2/token`, ['basic_value']],
  [`"SecretAccessKey": "${made}"`, ['aws_key']],
  [`AWS_SESSION_TOKEN=${made}`, ['aws_key']],
  [`REFRESH_TOKEN=${made}`, ['refresh_token']],
  [`eyJ${made}.${made}.${made}.${made}.${made}`, ['refresh_token', 'access_or_id_token']],
  [`curl -b 'session=${made}'`, ['cookie']],
  ['authorization_code: 11111111-2222-4333-8444-555555555555', ['authorization_code']],
  [`PASSWORD=${made}`, ['password']],
  [`refresh_token=${made}`, ['refresh_token']],
  [`"refreshToken":"${made}"`, ['refresh_token']],
  ['grant_type=refresh_token&client_id=demo', []],
  [`eyJ${made}.${made}.${made}`, ['access_or_id_token']],
  [`Authorization: Bearer ${made}`, ['access_or_id_token']],
  [`cookie: XSRF-TOKEN=${made}`, ['cookie']],
  [`Set-Cookie: __Host-rt=${made}; Path=/`, ['cookie']],
  ['https://app.example/cb?code=11111111-2222-4333-8444-555555555555', ['authorization_code']],
  ['code: UND_ERR_CONNECT_TIMEOUT', []],
  ['error code=400', []],
  [`code_verifier=${made}`, ['code_verifier']],
  [`username=ada&password=${made}`, ['password']],
  ['grant_type=password&password=PASSWORD', []],
  ['{"error":"invalid_client"}', []],
]
for (const [text, kinds] of texts) {
  test(`finds ${kinds.join(', ') || 'nothing'} in: ${text}`, () => {
    assert.deepEqual(findPastedSecrets(text), kinds)
  })
}

test('each kind says what to do about it', () => {
  for (const { name, advice } of Object.values(secretKinds)) {
    assert.match(name, /^an? |^the /)
    assert.match(advice, /^[A-Z].*\.$/)
  }
})
