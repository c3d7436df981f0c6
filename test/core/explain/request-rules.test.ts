import { requestRules } from '../../../core/explain/request-rules.ts'
import { soundRequest, testRules } from '../../fixtures/core/pasted.ts'

const code = '11111111-2222-4333-8444-555555555555'
const again = 'code_already_used likely'

testRules(requestRules, [
  [soundRequest, []],
  ['{"error":"invalid_grant"}', []],
  ['GET https://demo.auth.example/oauth2/token 400', ['method_not_allowed proved']],
  // A method belongs to one address, and not to another one of the text.
  ['GET https://app.example/cb\nPOST https://demo.auth.example/oauth2/token 400', []],
  ['GET https://app.example/cb\nGET /oauth2/token', ['method_not_allowed proved']],
  ['curl https://app.example/ and https://demo.auth.example/oauth2/token', []],
  ['first grant_type=password&client_id=demo, then grant_type=client_credentials', []],
  [
    `https://demo.auth.example/oauth2/authorize?redirect_uri=https%3A%2F%2Fapp.example\n${soundRequest}`,
    [],
  ],
  [
    "curl https://demo.auth.example/oauth2/token -d 'grant_type=client_credentials&client_id=demo'\nHTTP/2 400\ncontent-type: application/json",
    [],
  ],
  ['OPTIONS https://demo.auth.example/oauth2/token 400', []],
  [
    soundRequest.replace('application/x-www-form-urlencoded', 'application/json'),
    ['content_type_unsupported proved'],
  ],
  [soundRequest.replace('x-www-form-urlencoded', 'x-www-form-urlencoded; charset=UTF-8'), []],
  // The type of an answer is not that of the request.
  [soundRequest.replace('application/x-www-form-urlencoded', 'application/json;charset=UTF-8'), []],
  [soundRequest.replace('application/x-www-form-urlencoded', 'text/html'), []],
  [
    `curl -d '{"grant_type": "refresh_token", "client_id": "demo", "refresh_token": "TOKEN"}' https://demo.auth.example/oauth2/token`,
    ['body_malformed likely'],
  ],
  [
    "fetch('https://demo.auth.example/oauth2/token', { method: 'POST', body: JSON.stringify({ grant_type: 'refresh_token', client_id, refresh_token: TOKEN }) })",
    ['body_malformed likely', 'parameter_missing likely'],
  ],
  [soundRequest.replace('authorization_code', 'password'), ['grant_type_unsupported proved']],
  [soundRequest.replace('redirect_uri', 'redirect_url'), ['parameter_missing likely']],
  ['grant_type=refresh_token&client_id=demo', ['parameter_missing likely']],
  ['grant_type=client_credentials', ['parameter_missing likely']],
  ['grant_type=client_credentials&client_id=demo', []],
  ['POST https://demo.auth.example/oauth/token', ['route_not_found likely']],
  [
    'POST https://demo.auth.example/oauth2/token\nAccept: text/html\n405 Method Not Allowed',
    ['accept_without_json likely'],
  ],
  ['POST https://demo.auth.example/oauth2/token\nAccept: */*\n405 Method Not Allowed', []],
  [
    `https://demo.auth.example/oauth2/authorize?client_id=demo&redirect_uri=https://app.example\n${soundRequest}`,
    ['redirect_uri_mismatch proved'],
  ],
  [
    `https://demo.auth.example/oauth2/authorize?client_id=demo&redirect_uri=https://app.example/\n${soundRequest}`,
    [],
  ],
  // The sign-in of another app client.
  [
    `https://demo.auth.example/oauth2/authorize?client_id=other&redirect_uri=https://other.example\n${soundRequest}`,
    [],
  ],
  [`${soundRequest}\n${soundRequest}`.replaceAll('CODE', code), [again]],
  [`${soundRequest}\ncallback?code=${code}`, []],
  [
    `https://demo.auth.example/login?code_challenge=CHALLENGE\n${soundRequest.replace('&code_verifier=VERIFIER', '')}`,
    ['pkce_verifier_missing likely'],
  ],
])
