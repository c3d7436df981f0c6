import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DemoSettings } from '../../local/front-end/demo-settings.ts'

/** What the scripted proxy answers instead of tokens. */
export interface ScriptedAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: object
}

/** Stands for the proxy, and for a user pool that sends every visitor straight back with a code. */
export interface ScriptedUpstream {
  readonly settings: DemoSettings
  /** Undefined: tokens. */
  answer: ScriptedAnswer | undefined
  /** The forms that came to the token endpoint. */
  forms: URLSearchParams[]
  close(): void
}

/** Opens it; the proxy's request ids count from `request-1`. */
export const openScriptedUpstream = async (
  onRecord: (record: object) => void,
): Promise<ScriptedUpstream> => {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/oauth2/authorize') sendBack(searchParams, response)
    else if (pathname === '/logout') redirect(response, searchParams.get('logout_uri'))
    else await exchange(request, response)
  })
  const exchange = async (request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const form = new URLSearchParams(body)
    upstream.forms.push(form)
    const requestId = `request-${upstream.forms.length}`
    const success = { status: 200, body: tokens(upstream.settings.issuer, form.get('client_id')) }
    const answer: ScriptedAnswer = upstream.answer ?? success
    response.writeHead(answer.status, {
      'access-control-allow-origin': request.headers.origin ?? '',
      'access-control-expose-headers': 'x-request-id, retry-after',
      'content-type': 'application/json',
      'x-request-id': requestId,
      ...answer.headers,
    })
    response.end(JSON.stringify(answer.body))
    onRecord(recordOf(requestId, answer.status, form.get('grant_type')))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const upstream: ScriptedUpstream = {
    settings: settingsOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    answer: undefined,
    forms: [],
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
  return upstream
}

const settingsOf = (origin: string): DemoSettings => ({
  tokenEndpoint: `${origin}/oauth2/token`,
  issuer: origin,
  authorizationEndpoint: `${origin}/oauth2/authorize`,
  jwksUri: `${origin}/keys`,
  userinfoEndpoint: `${origin}/oauth2/userInfo`,
  endSessionEndpoint: `${origin}/logout`,
  clients: [
    { name: 'demo', clientId: 'client-1', rotation: false },
    { name: 'demo-rotating', clientId: 'client-2', rotation: true },
  ],
  users: [
    { username: 'ada', password: 'Analytical-1', name: 'Ada Lovelace' },
    { username: 'grace', password: 'Compiler-1', name: 'Grace Hopper' },
  ],
})

const sendBack = (query: URLSearchParams, response: ServerResponse): void => {
  const back = new URL(query.get('redirect_uri') ?? '')
  back.searchParams.set('code', 'the-code')
  back.searchParams.set('state', query.get('state') ?? '')
  redirect(response, back.href)
}

const redirect = (response: ServerResponse, location: string | null): void => {
  response.writeHead(302, { location: location ?? '' }).end()
}

const tokens = (issuer: string, clientId: string | null) => {
  const nowSeconds = Math.floor(Date.now() / 1000)
  const claims = {
    iss: issuer,
    aud: clientId,
    sub: '7f0c',
    iat: nowSeconds,
    exp: nowSeconds + 3600,
    name: 'Ada <b>Lovelace</b>',
    email: 'ada@example.com',
  }
  return {
    access_token: 'access',
    id_token: `${encode({ alg: 'none' })}.${encode(claims)}.`,
    refresh_token: 'refresh',
    token_type: 'Bearer',
    expires_in: 3600,
  }
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

const recordOf = (requestId: string, status: number, grantType: string | null): object => ({
  timestamp: new Date().toISOString(),
  request_id: requestId,
  outcome: status === 200 ? 'ok' : 'failed',
  ...(status !== 200 && {
    cause: 'client_secret_mismatch',
    fault: 'operator',
    certainty: 'proved',
    fix: 'Put the client secret of the app client into Secrets Manager.',
  }),
  client: 'demo',
  grant_type: grantType,
  status,
  total_ms: 12.4,
})
