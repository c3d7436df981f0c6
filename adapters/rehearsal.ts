import { fail } from '../core/causes/catalogue.ts'
import { toFormBody } from '../core/form.ts'
import { toUpstreamParameters } from '../core/oauth-request.ts'
import { tokenPath } from '../core/paths.ts'
import { Secret } from '../core/secret.ts'
import type { Client, Settings } from '../core/settings/settings.ts'
import { judgeUpstreamAnswer } from '../core/token-response.ts'
import type { RequestExchange } from './request-exchange.ts'
import { openRequestRecords } from './request-record.ts'
import { toBasic } from './token-exchange.ts'
import type { TokenShell } from './token-shell.ts'

/** Makes a handler; middy types its event as what the middlewares make of it. */
type ToHandler = (shell: TokenShell) => (...call: never[]) => unknown

/**
 * Lets a made-up exchange pass through everything that judges, answers and records one, without Secrets Manager,
 * Cognito, memory or output. V8 compiles a function when it is called for the first time; while Lambda
 * initialises the sandbox and waits for the secret, nobody waits for that.
 *
 * @returns the answer; undefined where no client has an exchange of the usual kind
 */
export async function rehearse(shell: TokenShell, toHandler: ToHandler): Promise<unknown> {
  if (shell.open === undefined) return undefined
  const client = chooseClient(shell.open.settings)
  if (client === undefined) return undefined
  const handler = toHandler({
    ...shell,
    records: openRequestRecords(shell.open.settings, () => {}, shell.clock),
    takeColdStart: () => true,
    // No CDN brought the event.
    open: { ...shell.open, judgeEdge: () => undefined, exchange: rehearseExchange },
  })
  return Reflect.apply(handler, undefined, [toEvent(client), {}])
}

/** Cookies need more than an event: chunks of their own, and a key. */
function chooseClient({ clients }: Settings): Client | undefined {
  return [...clients.values()].find(({ refreshToken }) => refreshToken === 'body')
}

const answer = JSON.stringify({
  ...{ access_token: 'access', id_token: 'id', refresh_token: 'refresh' },
  ...{ token_type: 'Bearer', expires_in: 3600 },
})

/** Makes what would be sent, and judges what could come back. */
const rehearseExchange: RequestExchange = async (request, meter) => {
  if ('sealed' in request) return { result: fail('unforeseen') }
  toBasic(request.client.clientId, new Secret('rehearsal'))
  toFormBody(toUpstreamParameters(request))
  meter.note({ attempts: 1, upstreamMs: 1, secretSource: 'cache', secretAgeSeconds: 1 })
  const came = {
    status: 200,
    body: answer,
    upstreamRequestId: undefined,
    retryAfterSeconds: undefined,
  }
  return { result: judgeUpstreamAnswer(came, request.grantType) }
}

/** An event that an exchange of this client's could have. */
function toEvent(client: Client) {
  const { clientId, origins, redirectUris, grants } = client
  const secrets = grants.includes('authorization_code')
    ? {
        grant_type: 'authorization_code',
        code: 'rehearsal',
        redirect_uri: redirectUris[0] ?? '',
        code_verifier: 'v'.repeat(43),
      }
    : { grant_type: 'refresh_token', refresh_token: 'rehearsal' }
  const body = new URLSearchParams({ client_id: clientId, ...secrets }).toString()
  const [origin] = origins
  return {
    version: '2.0',
    rawPath: tokenPath,
    rawQueryString: '',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(origin === undefined ? {} : { origin }),
    },
    requestContext: { requestId: 'rehearsal', http: { method: 'POST', path: tokenPath } },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  }
}
