// What a client of cookies must send with each request, and must not (SEC-14, SEC-23).
import {
  cookieName,
  cookieRefresh,
  cookieRevocation,
  cookieSettings,
  csrfHeader,
} from '../../fixtures/conformance/cookie-proxy.ts'
import { codeGrant, type FormParameters } from '../../fixtures/conformance/proxy.ts'
import { type Refusal, testRefusals } from '../../fixtures/conformance/refusals.ts'

const cookie = `${cookieName}=1.AAAAAAAA.${'A'.repeat(60)}`
const requests: readonly (readonly [string, FormParameters, string])[] = [
  ['a code exchange', codeGrant(), '/oauth2/token'],
  ['a refresh', cookieRefresh, '/oauth2/token'],
  ['a sign-out', cookieRevocation, '/oauth2/revoke'],
]
const wrongHeaders = [
  undefined,
  '',
  'XMLHttpRequest',
  'Token-Proxy',
  ['token-proxy', 'token-proxy'],
]

const refusals: readonly Refusal[] = requests.flatMap(([says, body, path]): Refusal[] => [
  ...wrongHeaders.map(
    (value): Refusal => ({
      says: `${says} with the header ${JSON.stringify(value)}`,
      call: { path, body, headers: { cookie, 'x-requested-with': value } },
      cause: 'csrf_header_missing',
    }),
  ),
  {
    says: `${says} of another origin, whatever its headers`,
    call: { path, body, headers: { cookie, ...csrfHeader, origin: 'https://evil.app.example' } },
    cause: 'origin_not_allowed',
    detail: 'unlisted',
  },
  {
    says: `${says} without an origin`,
    call: { path, body, headers: { cookie, ...csrfHeader, origin: undefined } },
    cause: 'origin_not_allowed',
    detail: 'absent',
  },
])

const headers = { cookie, ...csrfHeader }
const tokens: readonly Refusal[] = [
  {
    says: 'a refresh with a token in the page',
    call: { headers, body: { ...cookieRefresh, refresh_token: 'refresh-1' } },
    cause: 'parameter_malformed',
    detail: 'refresh_token',
  },
  {
    says: 'a sign-out with a token in the page',
    call: { headers, path: '/oauth2/revoke', body: { ...cookieRevocation, token: 'refresh-1' } },
    cause: 'parameter_malformed',
    detail: 'token',
  },
  {
    says: 'a refresh whose cookie has lost its beginning',
    call: { headers: { ...csrfHeader, cookie: `${cookieName}.1=rest` }, body: cookieRefresh },
    cause: 'refresh_cookie_missing',
  },
  {
    says: 'a refresh with a cookie under the name of another',
    call: { headers: { ...csrfHeader, cookie: `refresh-web=${cookie}` }, body: cookieRefresh },
    cause: 'refresh_cookie_missing',
  },
]

testRefusals([...refusals, ...tokens], {
  clients: (web) => [{ ...web, refreshToken: 'cookie' }],
  env: cookieSettings,
})
