import type { Behaviour } from './scripted-upstream.ts'

/** One answer of Cognito's, and what is known after it. */
export interface JudgedAnswer {
  readonly says: string
  readonly behaviour: Behaviour
  /** Cause and evidence. */
  readonly seen: string
  /** Status and word of Cognito's answer, as far as they are recorded. */
  readonly upstream: string
  readonly certainty?: 'likely' | 'undetermined'
  readonly retryAfterSeconds?: number
  readonly grants?: readonly ('code' | 'refresh')[]
}

const json = (status: number, body: object): Behaviour => ({ status, body })
const page = (status: number, body = ''): Behaviour => ({ status, body })
const html = '<html><body>invalid_grant</body></html>'

const words: readonly JudgedAnswer[] = [
  ['invalid_client', 'client_rejected secret_unchanged', 'invalid_client'],
  ['unauthorized_client', 'client_unauthorized', 'unauthorized_client'],
  ['invalid_request', 'cognito_request_rejected error_unexpected', 'invalid_request'],
  ['invalid_scope', 'cognito_request_rejected error_unexpected', 'invalid_scope'],
  ['unsupported_grant_type', 'cognito_request_rejected error_unexpected', 'unsupported_grant_type'],
  ['tea_pot', 'cognito_request_rejected error_unknown', 'other'],
].flatMap(([error = '', seen = '', word = '']) =>
  [400, 401].map((status) => ({
    says: `${status} ${error}`,
    behaviour: json(status, { error }),
    seen,
    upstream: `${status} ${word}`,
    certainty: 'undetermined' as const,
  })),
)

const grants: readonly JudgedAnswer[] = [
  {
    says: 'unauthorized_client described as invalid_redirect',
    behaviour: json(400, {
      error: 'unauthorized_client',
      error_description: 'invalid_redirect',
    }),
    seen: 'client_unauthorized described_as_redirect',
    upstream: '400 unauthorized_client',
    certainty: 'undetermined',
    grants: ['code'],
  },
  {
    says: 'unauthorized_client described as invalid_redirect',
    behaviour: json(400, { error: 'unauthorized_client', error_description: 'invalid_redirect' }),
    seen: 'client_unauthorized',
    upstream: '400 unauthorized_client',
    certainty: 'undetermined',
    grants: ['refresh'],
  },
  ...[400, 401].flatMap((status) =>
    (['code', 'refresh'] as const).map((grant) => ({
      says: `${status} invalid_grant`,
      behaviour: json(status, { error: 'invalid_grant' }),
      seen: grant === 'code' ? 'code_rejected no_use_on_record' : 'refresh_token_rejected',
      upstream: `${status} invalid_grant`,
      certainty: 'undetermined' as const,
      grants: [grant],
    })),
  ),
]

const triggerTexts = [
  'PreTokenGeneration failed with error boom.',
  'PreTokenGeneration failed with error boom. (Service: AWSCognitoIdentityProviderInternalService; Status Code: 400)',
  'com.amazonaws.UserLambdaValidationException: boom',
  'UnexpectedLambdaException',
  'InvalidLambdaResponseException',
].flatMap((text) =>
  (['invalid_request', 'invalid_grant'] as const).map((error) => ({
    says: `${error} described as ${text.slice(0, 40)}`,
    behaviour: json(400, { error, error_description: text }),
    seen: 'lambda_trigger_failed trigger_text',
    upstream: '400 ',
    certainty: 'likely' as const,
  })),
)

const throttles: readonly JudgedAnswer[] = [
  ...(
    [
      [undefined, 5],
      ['0', 1],
      ['7', 7],
      ['3600', 60],
      ['soon', 5],
      ['-1', 5],
      ['1.5', 5],
      ['Thu, 01 Jan 1970 00:00:00 GMT', 1],
      ['Fri, 31 Dec 9999 23:59:59 GMT', 60],
    ] as const
  ).map(([value, retryAfterSeconds]) => ({
    says: `a 429 with Retry-After ${value}`,
    behaviour: { status: 429, headers: value === undefined ? {} : { 'retry-after': value } },
    seen: 'cognito_throttled',
    certainty: 'likely' as const,
    upstream: '429 ',
    retryAfterSeconds,
  })),
  {
    says: 'a 429 that talks of invalid_grant',
    behaviour: json(429, { error: 'invalid_grant' }),
    seen: 'cognito_throttled',
    certainty: 'likely',
    upstream: '429 ',
  },
  {
    says: "a 429 in Cognito's own words",
    behaviour: json(429, { __type: 'TooManyRequestsException', message: 'Rate exceeded' }),
    seen: 'cognito_throttled',
    upstream: '429 ',
  },
  {
    says: 'a 400 TooManyRequestsException',
    behaviour: json(400, { __type: 'TooManyRequestsException', message: 'Rate exceeded' }),
    seen: 'cognito_throttled',
    certainty: 'likely',
    upstream: '400 ',
  },
  {
    says: 'a 400 page with Rate exceeded',
    behaviour: page(400, 'Rate exceeded'),
    seen: 'cognito_throttled',
    certainty: 'likely',
    upstream: '400 ',
  },
]

const pages: readonly JudgedAnswer[] = [
  ...[
    page(403, html),
    page(403),
    json(403, { message: 'Forbidden' }),
    json(403, { error: 'invalid_grant' }),
  ].map((behaviour, index) => ({
    says: `a 403 with ${['a page', 'nothing', 'JSON', 'invalid_grant'][index]}`,
    behaviour,
    seen: 'waf_blocked',
    certainty: 'likely' as const,
    upstream: '403 ',
  })),
  ...[page(404, html), page(404), json(404, { error: 'invalid_grant' })].map((behaviour, at) => ({
    says: `a 404 with ${['a page', 'nothing', 'invalid_grant'][at]}`,
    behaviour,
    seen: 'domain_not_found answered_404',
    certainty: 'likely' as const,
    upstream: '404 ',
  })),
  ...[
    [405, 'method_refused'],
    [400, 'answer_not_json'],
    [418, 'status_unexpected'],
  ].map(([status, evidence]) => ({
    says: `an empty ${status}`,
    behaviour: page(Number(status)),
    seen: `cognito_request_rejected ${evidence}`,
    upstream: `${status} `,
    certainty: 'undetermined' as const,
  })),
  ...[500, 502, 503].flatMap((status) =>
    [page(status, html), page(status), json(status, { error: 'invalid_grant' })].map(
      (behaviour, at) => ({
        says: `a ${status} with ${['a page', 'nothing', 'invalid_grant'][at]}`,
        behaviour,
        seen: 'cognito_error',
        upstream: `${status} `,
      }),
    ),
  ),
]

/** Every refusal and every page, whose meaning is known once it has come whole. */
export const refusingAnswers: readonly JudgedAnswer[] = [
  ...words,
  ...grants,
  ...triggerTexts.map(withWord),
  ...throttles.map(withWord),
  ...pages.map(withWord),
]

/** Whoever answers in JSON has a word, if only another one, and it is recorded whatever it stands for. */
function withWord(answer: JudgedAnswer): JudgedAnswer {
  const body =
    typeof answer.behaviour === 'object' && 'body' in answer.behaviour
      ? answer.behaviour.body
      : undefined
  if (typeof body !== 'object' || body === null) return answer
  const word = 'error' in body && typeof body.error === 'string' ? body.error : 'other'
  return { ...answer, upstream: `${answer.upstream}${word}` }
}

const good = { access_token: 'a', token_type: 'Bearer', expires_in: 3600 }

/** Bodies of a 200 that hold no tokens as RFC 6749 section 5.1 has them. */
export const unusableTokens: Readonly<Record<string, object | string>> = {
  'an empty body': '',
  'a page': html,
  'cut JSON': '{"access_token":"a"',
  'a JSON text': '"tokens"',
  'a JSON list': [good],
  'an OAuth error': { error: 'invalid_grant' },
  'expires_in as text': { ...good, expires_in: '3600' },
  'a negative expires_in': { ...good, expires_in: -1 },
  'a number as access_token': { ...good, access_token: 7 },
  'an empty access_token': { ...good, access_token: '' },
  'an access_token with a line break': { ...good, access_token: 'a\nb' },
  'no access_token': { token_type: 'Bearer' },
  'no token_type': { access_token: 'a' },
  'a number as id_token': { ...good, id_token: 7 },
  'a list as refresh_token': { ...good, refresh_token: ['r'] },
  'tokens under __proto__ alone': '{"__proto__":{"access_token":"a","token_type":"Bearer"}}',
}
