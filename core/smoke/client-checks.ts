import { csrfHeader } from '../endpoint-request.ts'
import { toFormBody } from '../form.ts'
import { discoveryPath, tokenPath } from '../paths.ts'
import { judgeRefusal, pass, reject, rejectOther } from './answers.ts'
import { judgeDiscovery, type SmokeStep, toGet, toPreflight } from './deployment-checks.ts'
import type { Invented, SmokeAnswer, SmokeClient, SmokeRequest, SmokeVerdict } from './target.ts'

/** Another place of the same front end, which nobody registers. */
const wrongPlace = '/smoke/not-registered'

/**
 * Plans the checks of one client that need nothing of each other.
 *
 * @param url the address of the deployment
 */
export function planClientChecks(client: SmokeClient, url: string): readonly SmokeStep[] {
  const { name, origin, redirectUri } = client
  const steps: SmokeStep[] = []
  if (client.hasDiscovery) {
    steps.push({
      ...{ name: 'client_discovery', client: name },
      request: toGet(`/clients/${name}${discoveryPath}`),
      judge: (answer) => judgeDiscovery(answer, url),
    })
  }
  if (origin !== undefined && /^https?:/.test(origin)) {
    steps.push({
      ...{ name: 'preflight', client: name, request: toPreflight(origin), isByGateway: true },
      judge: (answer) => judgePreflight(answer, client),
    })
  }
  if (redirectUri === undefined) return steps
  return [
    ...steps,
    {
      ...{ name: 'wrong_redirect_uri', client: name },
      request: toExchange(client, { redirect_uri: `${url}${wrongPlace}`, code: 'smoke' }, []),
      judge: (answer) =>
        judgeRefusal(answer, 'redirect_uri_not_allowed', 'a redirect URI that is not registered'),
    },
    {
      ...{ name: 'missing_verifier', client: name },
      request: toExchange(client, { redirect_uri: redirectUri, code: 'smoke' }, []),
      judge: (answer) =>
        judgeRefusal(answer, 'pkce_verifier_missing', 'a code without its PKCE verifier'),
    },
  ]
}

function judgePreflight({ status, headers }: SmokeAnswer, client: SmokeClient): SmokeVerdict {
  const { origin = '', isCookieMode } = client
  const fix = 'Add the origin to the client, and deploy again.'
  const isOk = status >= 200 && status < 300
  if (!isOk || headers['access-control-allow-origin'] !== origin) {
    return reject(`a page of ${origin} may not call`, fix)
  }
  if (isCookieMode && headers['access-control-allow-credentials'] !== 'true') {
    return reject(`a page of ${origin} may not send its cookies`, fix)
  }
  return pass(`a page of ${origin} may call`)
}

/** Plans how a sign-in begins: the browser is sent on to the user pool domain. */
export function planAuthorize(client: SmokeClient, invented: Invented): SmokeStep {
  const { clientId, redirectUri = '' } = client
  const query = toFormBody({
    ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri },
    ...{ scope: 'openid', state: 'smoke' },
    ...{ code_challenge: invented.challenge, code_challenge_method: 'S256' },
  })
  return {
    ...{ name: 'authorize', client: client.name, request: toGet(`/oauth2/authorize?${query}`) },
    judge: (answer) => judgeAuthorize(answer, client),
  }
}

function judgeAuthorize(answer: SmokeAnswer, { clientId }: SmokeClient): SmokeVerdict {
  const location = answer.headers['location'] ?? ''
  if (answer.status !== 302 || !location.includes(`client_id=${clientId}`)) {
    return rejectOther(answer, 'the beginning of a sign-in')
  }
  return pass('a sign-in is sent on to the user pool domain')
}

/**
 * Plans the exchange of a code that nobody was given. `invalid_grant` for it proves secret, client id, domain,
 * grant and network at once, and signs nobody out.
 *
 * @param begun the answer to the beginning of the sign-in, whose cookies a client in cookie mode must send
 */
export function planJunkCode(
  client: SmokeClient,
  invented: Invented,
  begun: SmokeAnswer | undefined,
): SmokeStep {
  const { redirectUri = '' } = client
  const grant = {
    ...{ redirect_uri: redirectUri, code: invented.code, code_verifier: invented.verifier },
  }
  return {
    ...{ name: 'invented_code', client: client.name },
    request: toExchange(client, grant, begun?.cookies ?? []),
    judge: judgeJunkCode,
  }
}

function judgeJunkCode(answer: SmokeAnswer): SmokeVerdict {
  const verdict = judgeRefusal(answer, 'code_rejected', 'an invented code')
  return verdict.status === 'ok'
    ? pass('Cognito refuses an invented code: secret, client, domain and grant are correct')
    : verdict
}

function toExchange(
  client: SmokeClient,
  grant: Readonly<Record<string, string>>,
  cookies: readonly string[],
): SmokeRequest {
  const { clientId, origin, isCookieMode } = client
  return {
    ...{ method: 'POST', path: tokenPath },
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(origin === undefined ? {} : { origin }),
      ...(isCookieMode ? { [csrfHeader.name]: csrfHeader.value } : {}),
      ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }),
    },
    body: toFormBody({ grant_type: 'authorization_code', client_id: clientId, ...grant }),
  }
}
