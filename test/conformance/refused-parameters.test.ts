// Grants, clients, credentials, origins, redirect URIs and verifiers: what is refused once a form was read.
import {
  codeGrant,
  type FormParameters,
  refreshGrant,
  webClient,
} from '../fixtures/conformance/proxy.ts'
import { type Refusal, testRefusals } from '../fixtures/conformance/refusals.ts'

const native = { name: 'native', clientId: 'native0client', origins: ['https://native.example'] }
const codeOnly = { name: 'code-only', clientId: 'code0only0client', grants: ['authorization_code'] }
const refreshOnly = { name: 'refresh-only', clientId: 'refresh0only', grants: ['refresh_token'] }
const encode = (parameters: FormParameters) => new URLSearchParams(parameters).toString()

const repeated: readonly Refusal[] = [
  'code=another',
  'c%6fde=another',
  'code=',
  'scope=a&scope=b',
  '__proto__=a&__proto__=b',
  '&&grant_type=refresh_token',
].map((more) => ({
  says: `a form that ends in ${more}`,
  call: { body: `${encode(codeGrant())}&${more}` },
  cause: 'parameter_repeated',
}))

const missing: readonly Refusal[] = [undefined, ''].flatMap((value) => [
  ...['grant_type', 'client_id', 'code', 'redirect_uri'].map((detail) => ({
    says: `a code exchange ${value === '' ? 'with an empty' : 'without'} ${detail}`,
    call: { body: codeGrant({ [detail]: value }) },
    cause: 'parameter_missing' as const,
    detail,
  })),
  {
    says: `a refresh ${value === '' ? 'with an empty' : 'without'} refresh_token`,
    call: { body: refreshGrant({ refresh_token: value }) },
    cause: 'parameter_missing',
    detail: 'refresh_token',
  },
  {
    says: `a code exchange ${value === '' ? 'with an empty' : 'without'} verifier`,
    call: { body: codeGrant({ code_verifier: value }) },
    cause: 'pkce_verifier_missing',
  },
])

const offAlphabet = [
  ...['a b', ' a', 'é', '\u{1f600}', '\ufeffa'],
  // What a web ACL would stop, and would be put down to it.
  ...['../../..', '%2e%2e%2f', "1' or 1=1", '<script>', '4/0AX4', 'a+b', '{"a":1}', 'a~', '/etc/x'],
]
const malformed: readonly Refusal[] = offAlphabet.flatMap((value) => [
  {
    says: `the code ${JSON.stringify(value)}`,
    call: { body: codeGrant({ code: value }) },
    cause: 'parameter_malformed' as const,
    detail: 'code',
  },
  {
    says: `the refresh token ${JSON.stringify(value)}`,
    call: { body: refreshGrant({ refresh_token: value }) },
    cause: 'parameter_malformed' as const,
    detail: 'refresh_token',
  },
])

const overlong: Refusal = {
  says: 'a code of 1025 characters',
  call: { body: codeGrant({ code: 'a'.repeat(1025) }) },
  cause: 'parameter_malformed',
  detail: 'code',
}

const grants: readonly Refusal[] = [
  ...[
    'password',
    'client_credentials',
    'implicit',
    'urn:ietf:params:oauth:grant-type:device_code',
    'urn:ietf:params:oauth:grant-type:token-exchange',
    'urn:ietf:params:oauth:grant-type:jwt-bearer',
    'AUTHORIZATION_CODE',
    ' refresh_token',
    'authorization_code,refresh_token',
    '__proto__',
    'constructor',
  ].map((grant_type) => ({
    says: `the grant ${grant_type}`,
    call: { body: codeGrant({ grant_type }) },
    cause: 'grant_type_unsupported' as const,
  })),
  {
    says: 'a refresh by a client that may only exchange codes',
    call: { body: refreshGrant({ client_id: codeOnly.clientId }) },
    cause: 'grant_type_unsupported',
  },
  {
    says: 'a code exchange by a client that may only refresh',
    call: { body: codeGrant({ client_id: refreshOnly.clientId }) },
    cause: 'grant_type_unsupported',
  },
]

const { clientId } = webClient
const unknownIds = ['nobody', '__proto__', 'constructor', 'toString', 'web', clientId.toUpperCase()]
const clients: readonly Refusal[] = [...unknownIds, `${clientId} `, clientId.slice(0, -1)].map(
  (client_id) => ({
    says: `the client id ${JSON.stringify(client_id)}`,
    call: { body: codeGrant({ client_id }) },
    cause: 'client_unknown',
  }),
)

const credentials: readonly Refusal[] = [
  ...['Basic d2ViOnNlY3JldA==', 'Bearer token', ''].map((authorization) => ({
    says: `the header Authorization: ${authorization}`,
    call: { body: codeGrant(), headers: { authorization } },
    cause: 'caller_sent_credentials' as const,
    detail: 'authorization_header',
  })),
  ...(
    [
      ['client_secret', 'client_secret'],
      ['client_assertion', 'client_assertion'],
      ['client_assertion_type', 'client_assertion'],
      ['assertion', 'assertion'],
      ['username', 'user_credentials'],
      ['password', 'user_credentials'],
    ] as const
  ).map(([name, detail]) => ({
    says: `the parameter ${name}`,
    call: { body: refreshGrant({ [name]: 'value' }) },
    cause: 'caller_sent_credentials' as const,
    detail,
  })),
  {
    says: 'a secret from a client that is not known',
    call: { body: { client_id: 'nobody', client_secret: 'value' } },
    cause: 'caller_sent_credentials',
    detail: 'client_secret',
  },
  {
    says: 'a DPoP proof',
    call: { body: codeGrant(), headers: { dpop: 'e30.e30.c2ln' } },
    cause: 'dpop_unsupported',
  },
]

const unlisted = [
  '',
  'null',
  '*',
  'https://app.example:8443',
  'https://app.example:443',
  'https://APP.example',
  'HTTPS://app.example',
  'https://app.example/',
  'https://app.example.evil.example',
  'https://evil-app.example',
  'https://sub.app.example',
  'http://app.example',
  native.origins[0] ?? '',
]
const origins: readonly Refusal[] = [
  ...[...unlisted, ['https://app.example', 'https://app.example']].map((origin) => ({
    says: `the origin ${JSON.stringify(origin)}`,
    call: { body: codeGrant(), headers: { origin } },
    cause: 'origin_not_allowed' as const,
    detail: 'unlisted',
  })),
  {
    says: 'a request without an origin',
    call: { body: codeGrant(), headers: { origin: undefined } },
    cause: 'origin_not_allowed',
    detail: 'absent',
  },
  {
    says: 'a foreign origin at a client that needs none',
    call: { body: refreshGrant({ client_id: native.clientId }) },
    cause: 'origin_not_allowed',
    detail: 'unlisted',
  },
  {
    says: 'an empty refresh token without an origin at a client that needs none',
    call: {
      body: refreshGrant({ client_id: native.clientId, refresh_token: '' }),
      headers: { origin: undefined },
    },
    cause: 'parameter_missing',
    detail: 'refresh_token',
  },
]

const redirects: readonly Refusal[] = [
  ['https://app.example/callback/', 'trailing_slash'],
  ['https://app.example/Callback', 'letter_case'],
  ['https://APP.example/callback', 'letter_case'],
  ['https://app.example:8443/callback', 'port'],
  ['https://app.example:443/callback', 'port'],
  ['http://app.example/callback', 'scheme'],
  ['https://app.example/callback?next=1', 'query'],
  ['https://app.example/callback#x', 'query'],
  ['https://app.example/%63allback', 'path'],
  ['https://app.example/x/../callback', 'path'],
  ['https://evil.example/callback', 'host'],
  ['https://app.example@evil.example/callback', 'host'],
  ['https://app.example.evil.example/callback', 'host'],
  ['https://evil.example/', 'nothing_near'],
  ['javascript:alert(1)', 'nothing_near'],
  [' https://app.example/callback', 'nothing_near'],
].map(([redirect_uri = '', detail = '']) => ({
  says: `the redirect URI ${redirect_uri}`,
  call: { body: codeGrant({ redirect_uri }) },
  cause: 'redirect_uri_not_allowed',
  detail,
}))

const character = (text: string) => `${'a'.repeat(42)}${text}`
const verifiers: readonly Refusal[] = [
  ...[
    'a'.repeat(42),
    'a'.repeat(129),
    character('+'),
    character('/'),
    character('='),
    character(' '),
  ],
  character('é'),
].map((code_verifier) => ({
  says: `a verifier of ${code_verifier.length} characters that ends in ${code_verifier.at(-1)}`,
  call: { body: codeGrant({ code_verifier }) },
  cause: 'pkce_verifier_malformed',
}))

testRefusals(
  [
    ...[...repeated, ...missing, ...malformed, overlong, ...grants, ...clients],
    ...[...credentials, ...origins, ...redirects, ...verifiers],
  ],
  {
    clients: (web) => [
      web,
      { ...web, ...native, allowNoOrigin: true },
      { ...web, ...codeOnly },
      { ...web, ...refreshOnly },
    ],
  },
)
