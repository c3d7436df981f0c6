import { type IncomingHttpHeaders, IncomingMessage, type ServerResponse } from 'node:http'
import { answerEmpty, answerHtml, answerJson } from './answers.ts'
import type { Faults } from './faults.ts'
import type { MemoryStore } from './memory-store.ts'
import type { PoolConfig } from './pool-config.ts'
import { readText } from './request-body.ts'
import { isFormRequest, judgeRevocation, judgeTokenRequest } from './token-dialect.ts'

/** One request that reached the token or revocation endpoint, whatever its result. */
export interface PoolCall {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The form as received, not decoded. */
  readonly body: string
  /** Milliseconds since 1970, according to the pool's clock. */
  readonly startedAt: number
}

/** One request that the domain answered. */
export interface AnsweredRequest {
  readonly method: string
  readonly path: string
  /** The parameters of the query or of the form. */
  readonly parameters: URLSearchParams
  readonly status: number
  readonly atMs: number
  readonly userAgent: string
}

export interface TokenEndpointParts {
  readonly config: PoolConfig
  readonly faults: Faults
  readonly store: MemoryStore
  readonly clock: () => number
  readonly calls: PoolCall[]
  readonly onAnswered: (request: AnsweredRequest) => void
  readonly innerSecret: string
  /** Hands a request to the certified provider, which writes the answer. */
  readonly askProvider: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

const maxCalls = 1000
const tokenPath = '/oauth2/token'
const triggerFailure = {
  error: 'invalid_request',
  error_description: 'PreTokenGeneration failed with error The trigger said no.',
}

/**
 * What Cognito documents for its two forms, without the client's name and secret. The provider knows more:
 * a `scope` that narrows a refresh would work here and nowhere else.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 */
const documentedParameters = new Set([
  ...['grant_type', 'code', 'redirect_uri', 'code_verifier', 'refresh_token', 'token'],
])

export const formPaths: readonly string[] = [tokenPath, '/oauth2/revoke']

/** Answers both endpoints that take a form; the provider decides on codes and tokens. */
export async function answerForm(
  parts: TokenEndpointParts,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const startedAt = parts.clock()
  const body = await readText(request)
  if (body === undefined) return
  const { method = '', headers } = request
  parts.calls.push({ method, path, headers, body, startedAt })
  if (parts.calls.length > maxCalls) parts.calls.shift()
  response.once('finish', () => {
    const parameters = toNamedParameters(body, headers)
    const { 'user-agent': userAgent = '' } = headers
    const { statusCode: status } = response
    parts.onAnswered({ method, path, parameters, status, atMs: startedAt, userAgent })
  })
  if (path === tokenPath && parts.faults.answerInstead(request, response)) return
  // AWS's common web ACL rules stop a request that does not say what sent it.
  if (headers['user-agent'] === undefined) return answerHtml(response, 403, 'Forbidden')
  if (!isFormRequest(method, headers)) return answerEmpty(response, 405, { allow: 'POST' })
  await answerParsedForm(parts, path, request, response, new URLSearchParams(body))
}

/** The form with the client's id, which Cognito also takes from the Basic header. */
function toNamedParameters(body: string, headers: IncomingHttpHeaders): URLSearchParams {
  const parameters = new URLSearchParams(body)
  const encoded = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
  const [clientId = ''] = Buffer.from(encoded, 'base64').toString().split(':', 1)
  if (!parameters.has('client_id')) parameters.set('client_id', clientId)
  return parameters
}

async function answerParsedForm(
  { config, faults, store, clock, innerSecret, askProvider }: TokenEndpointParts,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  form: URLSearchParams,
): Promise<void> {
  const judge = path === tokenPath ? judgeTokenRequest : judgeRevocation
  const judgement = judge({ config, headers: request.headers, form, nowMs: clock() })
  if (!judgement.ok) {
    return answerJson(response, judgement.status, { error: judgement.error })
  }
  if (path === tokenPath) {
    if (faults.broken === 'trigger_failed') return answerJson(response, 400, triggerFailure)
    await faults.spoil(store, form)
  }
  const { clientId } = judgement.client
  const documented = [...form].filter(([name]) => documentedParameters.has(name))
  const known = new URLSearchParams(documented)
  await askProvider(
    reissue(request, path, known, `${encodeURIComponent(clientId)}:${innerSecret}`),
    response,
  )
}

/** Makes the same request again for the provider: its body has been read, and the pool has checked the secret. */
function reissue(
  request: IncomingMessage,
  path: string,
  form: URLSearchParams,
  credentials: string,
): IncomingMessage {
  const body = Buffer.from(form.toString())
  const inner = new IncomingMessage(request.socket)
  inner.method = 'POST'
  inner.url = path
  inner.headers = {
    host: request.headers.host ?? 'localhost',
    accept: 'application/json',
    authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.byteLength),
  }
  // An incomplete request closes its connection when it ends.
  inner.complete = true
  inner.push(body)
  inner.push(null)
  return inner
}
