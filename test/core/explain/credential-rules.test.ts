import { credentialRules } from '../../../core/explain/credential-rules.ts'
import { soundRequest, testRules } from '../../fixtures/core/pasted.ts'

const sound = btoa('demo:the-secret-of-the-demo')
const withBasic = (value: string) => soundRequest.replace(sound, value)
const withoutBasic = soundRequest.replace(/^Authorization.*\n/m, '')
const refused = '\n{"error":"invalid_client"}'
const sent = 'client_secret_missing excluded'
const bare = 'malformed_basic_header excluded'

testRules(credentialRules, [
  [soundRequest, [sent]],
  [soundRequest + refused, [sent]],
  [withBasic('not-base64'), [sent]],
  [withBasic(btoa('without a colon')), ['malformed_basic_header likely', sent]],
  [withBasic(btoa(sound)), ['malformed_basic_header proved', sent]],
  [withBasic(btoa('demo:a%2Bb')), ['malformed_basic_header likely', sent]],
  [withBasic(btoa('demo:')), ['empty_secret likely']],
  [withBasic(btoa('demo:')) + refused, ['empty_secret likely', 'client_secret_missing likely']],
  [withoutBasic, [bare]],
  [withoutBasic + refused, [bare, 'client_secret_missing likely']],
  [`${withoutBasic}&client_secret=SECRET${refused}`, [bare, sent]],
  [`${withoutBasic}&client_secret=`, [bare, 'empty_secret likely']],
  [`curl -u demo:secret -d grant_type=client_credentials${refused}`, [sent]],
  [
    'Client demo is configured with secret but SECRET_HASH was not received',
    ['client_secret_missing likely'],
  ],
  [
    `https://app.example, network tab\norigin: https://app.example\ngrant_type=refresh_token&client_secret=SECRET`,
    [bare, sent, 'caller_sent_credentials likely'],
  ],
  [
    soundRequest.replace(`Basic ${sound}`, 'Bearer TOKEN'),
    [bare, 'caller_sent_credentials likely'],
  ],
])
