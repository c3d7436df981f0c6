import { parseJsonObject } from '../json.ts'
import { discoveryPath, serverMetadataPath, tokenPath } from '../paths.ts'
import { findCauses, judgeRefusal, pass, reject, rejectOther } from './answers.ts'
import type { SmokeAnswer, SmokeRequest, SmokeTarget, SmokeVerdict } from './target.ts'

/** One request and how its answer is judged. */
export interface SmokeStep {
  readonly name: string
  readonly client?: string
  readonly request: SmokeRequest
  readonly judge: (answer: SmokeAnswer) => SmokeVerdict
  /** A preflight is answered by the API itself, without the headers of the proxy. */
  readonly isByGateway?: true
}

/** No deployment allows it: the top-level domain is reserved (RFC 6761 section 6.4). */
const foreignOrigin = 'https://smoke.invalid'
const formType = { 'content-type': 'application/x-www-form-urlencoded' }
/** No app client has it: Cognito's ids are longer. */
const unknownClient = 'smoke-unknown'

/** Plans the checks of the deployment as a whole, in the order in which they are made. */
export function planDeploymentChecks(target: SmokeTarget): readonly SmokeStep[] {
  const origin = target.clients.find((client) => client.origin !== undefined)?.origin
  const from = origin === undefined ? {} : { origin }
  return [
    { name: 'health', request: toGet('/health'), judge: judgeHealth },
    { name: 'about', request: toGet('/'), judge: judgeHealth },
    {
      name: 'unknown_path',
      request: toGet('/smoke/nothing'),
      judge: (answer) => judgeRefusal(answer, 'route_not_found', 'a path that does not exist'),
    },
    {
      name: 'wrong_method',
      request: toGet(tokenPath),
      judge: (answer) => judgeRefusal(answer, 'method_not_allowed', 'GET at the token endpoint'),
    },
    {
      name: 'wrong_content_type',
      request: {
        ...{ method: 'POST', path: tokenPath, body: '{}' },
        headers: { ...from, 'content-type': 'application/json' },
      },
      judge: (answer) => judgeRefusal(answer, 'content_type_unsupported', 'JSON'),
    },
    {
      name: 'unknown_client',
      request: {
        ...{ method: 'POST', path: tokenPath, headers: { ...from, ...formType } },
        body: `grant_type=refresh_token&client_id=${unknownClient}&refresh_token=smoke`,
      },
      judge: (answer) => judgeRefusal(answer, 'client_unknown', 'a client that does not exist'),
    },
    {
      name: 'foreign_preflight',
      request: toPreflight(foreignOrigin),
      judge: judgeForeignPreflight,
      isByGateway: true,
    },
    ...(target.hasSharedDiscovery === false ? [] : planSharedDiscovery(target)),
  ]
}

function planSharedDiscovery({ url, hasSharedDiscovery }: SmokeTarget): readonly SmokeStep[] {
  return [discoveryPath, serverMetadataPath].map((path) => ({
    name: path === discoveryPath ? 'discovery' : 'oauth_metadata',
    request: toGet(path),
    judge: (answer) =>
      // Clients of several user pools share no document.
      hasSharedDiscovery === undefined && answer.status === 404
        ? { status: 'skipped', found: 'the clients share no discovery document' }
        : judgeDiscovery(answer, url),
  }))
}

/** Makes a GET without a body or credentials. */
export function toGet(path: string): SmokeRequest {
  return { method: 'GET', path, headers: {} }
}

/** Makes the request with which a browser asks whether a page may call the token endpoint. */
export function toPreflight(origin: string): SmokeRequest {
  return {
    method: 'OPTIONS',
    path: tokenPath,
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  }
}

function judgeHealth(answer: SmokeAnswer): SmokeVerdict {
  const fields = parseJsonObject(answer.body)
  if (answer.status === 200 && fields?.['name'] === 'token-proxy') {
    return pass('the proxy answers, and its settings are usable')
  }
  if (findCauses(answer).includes('config_invalid')) {
    const fix = 'Find a record with the cause config_invalid in the log: it lists every problem.'
    return reject('the proxy refuses its settings', fix)
  }
  return rejectOther(answer, 'a question for its health')
}

function judgeForeignPreflight({ headers }: SmokeAnswer): SmokeVerdict {
  const allowed = headers['access-control-allow-origin']
  if (allowed === undefined) return pass('a page of another origin may not call')
  const fix = 'Remove the CORS headers that something in front of the API adds.'
  return reject(
    `a page of another origin may call: Access-Control-Allow-Origin is ${toShown(allowed)}`,
    fix,
  )
}

function toShown(allowed: string): string {
  return allowed === '*' || allowed === foreignOrigin ? allowed : 'set'
}

/**
 * Judges a discovery document of the proxy: it must lead to this deployment, and to a public client with PKCE.
 *
 * @param url the address that was asked, which the endpoints must have
 * @see OpenID Connect Discovery 1.0 section 3; RFC 8414 section 2
 */
export function judgeDiscovery(answer: SmokeAnswer, url: string): SmokeVerdict {
  const fields = parseJsonObject(answer.body)
  if (answer.status !== 200 || fields === undefined) {
    return rejectOther(answer, 'a question for discovery')
  }
  if (fields['token_endpoint'] !== `${url}${tokenPath}`) {
    const fix = 'Set publicUrl to the address that front ends use, or check that address.'
    return reject(`the document leads to ${String(fields['token_endpoint']).slice(0, 200)}`, fix)
  }
  const wrong = Object.entries(publicClientFields)
    .filter(([name, value]) => JSON.stringify(fields[name]) !== JSON.stringify(value))
    .map(([name]) => name)
  const absent = ['issuer', 'jwks_uri', 'authorization_endpoint'].filter(
    (name) => typeof fields[name] !== 'string',
  )
  if (wrong.length + absent.length === 0) return pass('the document leads to this deployment')
  const fix = 'Look for a cache in front of the proxy that holds the document of the user pool.'
  return reject(`the document is wrong at ${[...wrong, ...absent].join(', ')}`, fix)
}

const publicClientFields = {
  token_endpoint_auth_methods_supported: ['none'],
  code_challenge_methods_supported: ['S256'],
}
