import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { client, issuer, refusedCode, silentCode, userPoolId } from './deployment.ts'

/** Answers one request whose body has arrived. */
export type Answer = (request: IncomingMessage, body: string, response: ServerResponse) => void

const lifetimeSeconds = 3_600
const startedAtSeconds = Math.floor(Date.now() / 1000)

/** Tokens of the size that Cognito's have; nobody checks their signatures. */
const tokens = JSON.stringify({
  access_token: toToken({ token_use: 'access', client_id: client.clientId, scope: 'openid email' }),
  id_token: toToken({ token_use: 'id', aud: client.clientId, email: 'user@example.com' }),
  refresh_token: 'r'.repeat(1_750),
  token_type: 'Bearer',
  expires_in: lifetimeSeconds,
})

/** Answers `GetSecretValue`. */
export const answerSecret: Answer = (_request, body, response) => {
  const { SecretId }: { readonly SecretId?: string } = JSON.parse(body)
  const secret = { client_id: client.clientId, client_secret: client.secret }
  send(response, 200, 'application/x-amz-json-1.1', {
    ARN: `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${SecretId}-AbCdEf`,
    Name: SecretId,
    SecretString: JSON.stringify(secret),
    VersionId: '11111111-2222-3333-4444-555555555555',
    VersionStages: ['AWSCURRENT'],
    CreatedDate: startedAtSeconds,
  })
}

/** Answers the calls by which a failure is diagnosed; everything is as it should be. */
export const answerDescribe: Answer = (request, _body, response) => {
  const UserPoolClient = {
    ...{ UserPoolId: userPoolId, ClientId: client.clientId, ClientSecret: client.secret },
    ...{ AllowedOAuthFlows: ['code'], AllowedOAuthFlowsUserPoolClient: true },
    ...{ CallbackURLs: [client.redirectUri], CreationDate: startedAtSeconds },
  }
  const isOfClient = `${request.headers['x-amz-target']}`.endsWith('DescribeUserPoolClient')
  send(response, 200, 'application/x-amz-json-1.1', isOfClient ? { UserPoolClient } : {})
}

/** Answers the token endpoint: a code is exchanged unless its text says how else it ends. */
export const answerToken: Answer = (_request, body, response) => {
  if (body.includes(`code=${silentCode}`)) return
  if (body.includes(`code=${refusedCode}`)) {
    send(response, 400, 'application/json', { error: 'invalid_grant' })
    return
  }
  response.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' }).end(tokens)
}

/** Makes the listener of a server that answers after `delayMs`. */
export function toListener(answer: Answer, delayMs: number, note: (what: string) => void) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request)
    note('asked')
    response.on('finish', () => note('answered'))
    if (delayMs === 0) answer(request, body, response)
    else setTimeout(() => answer(request, body, response), delayMs)
  }
}

function send(response: ServerResponse, status: number, type: string, body: unknown): void {
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body))
}

function toToken(claims: Readonly<Record<string, unknown>>): string {
  const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const times = { iat: startedAtSeconds, exp: startedAtSeconds + 24 * lifetimeSeconds }
  const payload = { sub: 'user-1', iss: issuer, ...claims, ...times, jti: 'j'.repeat(300) }
  return `${encode({ alg: 'RS256', kid: 'k' })}.${encode(payload)}.${'s'.repeat(342)}`
}
