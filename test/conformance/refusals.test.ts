// Routes, methods, content types and bodies: what is refused before a single parameter is judged.
import { codeGrant } from '../fixtures/conformance/proxy.ts'
import { type Refusal, testRefusals } from '../fixtures/conformance/refusals.ts'

const formType = 'application/x-www-form-urlencoded'
const formBody = new URLSearchParams(codeGrant()).toString()

const paths = ['/oauth/token', '/token', '/oauth2/token/', '/OAUTH2/TOKEN', '//oauth2/token']
const routes: readonly Refusal[] = [
  ...[...paths, '/oauth2/token/x', '/oauth2/revoke/x', '/oauth2/token%00'].map((path) => ({
    says: `POST ${path}`,
    call: { path, body: codeGrant() },
    cause: 'route_not_found' as const,
  })),
  { says: 'POST /', call: { path: '/', body: codeGrant() }, cause: 'route_not_found' },
  {
    says: 'GET /oauth2/userInfo',
    call: { method: 'GET', path: '/oauth2/userInfo' },
    cause: 'route_not_found',
    detail: 'user_info',
  },
  {
    says: 'GET /favicon.ico',
    call: { method: 'GET', path: '/favicon.ico' },
    cause: 'route_not_found',
  },
  ...['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD'].map((method) => ({
    says: `${method} with X-HTTP-Method-Override: POST`,
    call: { method, body: codeGrant(), headers: { 'x-http-method-override': 'POST' } },
    cause: 'method_not_allowed' as const,
  })),
  ...['code=c', 'x', '?', '%zz', 'grant_type=authorization_code&client_id=a'].map((query) => ({
    says: `the query string ?${query}`,
    call: { path: `/oauth2/token?${query}`, body: codeGrant() },
    cause: 'query_not_allowed' as const,
  })),
]

const contentTypes: readonly (readonly [string, string | readonly string[] | undefined])[] = [
  ['no content type', undefined],
  ['an empty content type', ''],
  ['JSON by its content type', 'application/json'],
  ['text/plain', 'text/plain'],
  ['a multipart form', 'multipart/form-data; boundary=x'],
  ['a form type named twice', [formType, formType]],
  ['a form type beside another', [formType, 'application/json']],
  ['a form type in Latin-1', `${formType}; charset=latin1`],
  ['a form type with two parameters', `${formType}; charset=utf-8; q=1`],
  ['a quoted form type', `"${formType}"`],
  ['a type that only begins like the form type', `${formType}2`],
]
const types: readonly Refusal[] = [
  ...contentTypes.map(([says, value]) => ({
    says,
    call: { body: codeGrant(), headers: { 'content-type': value } },
    cause: 'content_type_unsupported' as const,
  })),
  ...['gzip', 'GZIP', 'br', 'identity, gzip', 'x'].map((encoding) => ({
    says: `the content encoding ${encoding}`,
    call: { body: codeGrant(), headers: { 'content-encoding': encoding } },
    cause: 'content_type_unsupported' as const,
  })),
]

const malformed = (detail: string, bodies: readonly (string | Buffer)[]): readonly Refusal[] =>
  bodies.map((body) => ({
    says: `the body ${JSON.stringify(body.toString('latin1'))}`,
    call: { body },
    cause: 'body_malformed',
    detail,
  }))
const bodies: readonly Refusal[] = [
  ...malformed('empty', ['', '  \r\n']),
  ...malformed('json', ['{"grant_type":"refresh_token"}', ' [1]', '{']),
  ...malformed('utf8', [
    Buffer.from([0x61, 0x3d, 0xff]),
    'a=%FF',
    'a=%C3',
    'a=%C0%AF',
    'a=%ED%A0%80',
    '%FF=a',
  ]),
  ...malformed('percent_encoding', ['a=%zz', 'a=%', 'a=%4', '%zz=a', `${formBody}&x=%u0041`]),
  ...malformed('control_character', [
    'a=%00',
    'a=\0',
    'a=%0d%0ab',
    'a=\nb=c',
    'a=%1b[2J',
    'a=%7F',
    'a=%C2%85',
    'a=%E2%80%A8',
    'a%00=b',
  ]),
]

/** Padded to a length in bytes, in parameters that are each within their own bounds. */
const padded = (bytes: number): string => {
  const start = `client_id=nobody&grant_type=refresh_token&a=${'a'.repeat(8192)}&b=`
  return `${start}${'b'.repeat(bytes - start.length)}`
}
const counted = (parameters: number): string =>
  [
    'client_id=nobody',
    'grant_type=refresh_token',
    ...Array.from({ length: parameters - 2 }, (_, at) => `p${at}=1`),
  ].join('&')
const withParameter = (name: string, value: string) => ({
  client_id: 'nobody',
  grant_type: 'refresh_token',
  [name]: value,
})
const limits: readonly Refusal[] = [
  ...[16_385, 1_000_000].map((bytes) => ({
    says: `a body of ${bytes} bytes`,
    call: { body: bytes > 20_000 ? 'a'.repeat(bytes) : padded(bytes) },
    cause: 'body_too_large' as const,
    detail: 'body',
  })),
  {
    says: '21 parameters',
    call: { body: counted(21) },
    cause: 'body_too_large',
    detail: 'parameters',
  },
  ...['n'.repeat(65), 'é'.repeat(33)].map((name) => ({
    says: `a parameter name of ${Buffer.byteLength(name)} bytes`,
    call: { body: withParameter(name, 'x') },
    cause: 'body_too_large' as const,
    detail: 'name',
  })),
  ...['v'.repeat(8193), 'é'.repeat(4097)].map((value) => ({
    says: `a parameter value of ${Buffer.byteLength(value)} bytes`,
    call: { body: `client_id=nobody&grant_type=refresh_token&code=${value}` },
    cause: 'body_too_large' as const,
    detail: 'value',
  })),
  ...(
    [
      ['a body of 16384 bytes', padded(16_384)],
      ['20 parameters', counted(20)],
      ['a parameter name of 64 bytes', withParameter('n'.repeat(64), 'x')],
      ['a parameter value of 8192 bytes', withParameter('code', 'v'.repeat(8192))],
    ] as const
  ).map(([says, body]) => ({
    // The next check speaks, so the limit itself is still allowed.
    says: `${says} from an unknown client`,
    call: { body },
    cause: 'client_unknown' as const,
  })),
]

testRefusals([...routes, ...types, ...bodies, ...limits])
