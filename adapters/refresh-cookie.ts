import { type Failure, fail, type Result, toCause } from '../core/causes/catalogue.ts'
import {
  type BoundRequest,
  type OAuthRequest,
  type SealedRequest,
  toOpened,
} from '../core/oauth-request.ts'
import {
  chooseCookieChange,
  isCookieDead,
  toClearedLines,
  toCookieLines,
  withoutRefreshToken,
} from '../core/refresh-cookie.ts'
import { leastAttemptMs } from '../core/retry-policy.ts'
import type { Client } from '../core/settings/settings.ts'
import { toClearedSignIn } from '../core/sign-in-cookie.ts'
import type { TokenResult } from '../core/token-response.ts'
import type { CachedSecret } from './cached-secret.ts'
import type { CookieKeys } from './cookie-key.ts'
import { sealToken, type Unsealed, unsealToken } from './cookie-seal.ts'
import type { Meter } from './meter.ts'
import { type Exchanged, openRequestExchange, type RequestExchange } from './request-exchange.ts'
import { findSignIn } from './sign-in-cookie.ts'
import type { TokenExchange } from './token-exchange.ts'

/** What cookies need beside the exchange itself. */
export interface CookieParts {
  readonly keys: Pick<CachedSecret<CookieKeys>, 'ask' | 'replace'>
  /** How long a browser keeps a cookie. */
  readonly maxAgeSeconds: number
  /** How soon after one search for a key another is made. */
  readonly cooldownSeconds: number
}

/** The parts, with the results of earlier searches for a key. */
interface OpenParts extends CookieParts {
  /** The ids of the keys that were looked for in vain, by what was read then. */
  readonly missing: WeakMap<CookieKeys, Set<string>>
  /** Whether the last search got no answer: then waiting for the next one is not the caller's fault. */
  hasFailed: boolean
}

/** What is prepared before Cognito is asked: the opened request, and the keys to seal with afterwards. */
interface Ready {
  readonly request: OAuthRequest
  readonly keys: CookieKeys
  /** Whether its cookie was sealed with another key than the current one. */
  readonly isAged: boolean
}

/** Puts the cookies around an exchange; a chunk of its own, which only clients in cookie mode load. */
export function openCookieExchange(exchange: TokenExchange, given: CookieParts): RequestExchange {
  const parts: OpenParts = { ...given, missing: new WeakMap(), hasFailed: false }
  const exchangeInCookie = async (request: OAuthRequest | SealedRequest, meter: Meter) => {
    const ready = await prepare(parts, meter, request)
    if (!ready.ok) return toUnasked(request, ready)
    const result = await exchange(ready.value.request, meter)
    return keepToken(ready.value, result, parts.maxAgeSeconds)
  }
  const exchangeRequest = openRequestExchange(exchange, async () => exchangeInCookie)
  return async (request, meter) => {
    if ('signIns' in request) return endSignIn(request, meter, exchangeRequest)
    return exchangeInCookie(request, meter)
  }
}

/** Ends a sign-in with the verifier from its cookie, which goes once its code is spent or dead. */
async function endSignIn(
  bound: BoundRequest,
  meter: Meter,
  exchange: (request: OAuthRequest, meter: Meter) => Promise<Exchanged>,
): Promise<Exchanged> {
  const found = findSignIn(bound)
  if (!found.ok) return { result: found }
  const { request, challenge } = found.value
  const { result, cookies = [] } = await exchange(request, meter)
  const isOver = result.ok || toCause(result.cause).error === 'invalid_grant'
  const cleared = isOver ? [toClearedSignIn(request.client, challenge)] : []
  return { result, cookies: [...cookies, ...cleared] }
}

/** Sends nothing whose answer could not be sealed, because a code can be used only once. */
async function prepare(
  parts: OpenParts,
  meter: Meter,
  request: OAuthRequest | SealedRequest,
): Promise<Result<Ready>> {
  if (meter.leftMs() < leastAttemptMs) return fail('deadline_exhausted')
  const asked = await parts.keys.ask(meter)
  if (!asked.ok) return ofCookieKey(asked)
  const keys = asked.value.secret
  return 'sealed' in request
    ? unseal(parts, meter, request, keys)
    : { ok: true, value: { request, keys, isAged: false } }
}

async function unseal(
  parts: OpenParts,
  meter: Meter,
  request: SealedRequest,
  keys: CookieKeys,
): Promise<Result<Ready>> {
  const open = (held: CookieKeys) => unsealToken(held, request.client.clientId, request.sealed)
  const first = open(keys)
  if (first.ok || first.why !== 'key_unknown') return toReady(request, keys, first)
  const { keyId } = first
  let latest = keys
  const isWanted = (held: CookieKeys) => {
    latest = held
    return held.some(({ id }) => id === keyId)
  }
  // Another sandbox may have sealed it with a key that has become current since this one looked.
  const replaced = await parts.keys.replace(isWanted, meter)
  if (replaced.found !== 'cooling_down') parts.hasFailed = replaced.found === 'refetch_failed'
  if (replaced.found === 'refetch_failed') return ofCookieKey(replaced.failure)
  if (replaced.found === 'secret_changed') return toReady(request, latest, open(latest))
  const isSought = replaced.found === 'secret_unchanged'
  return isSought ? noteMissing(parts, latest, keyId) : judgeUnsought(parts, latest, keyId)
}

const unknownKey = fail('refresh_cookie_unreadable', { evidence: ['key_unknown'] })

function noteMissing({ missing }: OpenParts, keys: CookieKeys, keyId: string): Failure {
  missing.set(keys, new Set([...(missing.get(keys) ?? []), keyId]))
  return unknownKey
}

/**
 * A key that nobody has looked for may have become current a moment ago, so the cookie may be good and stays.
 * The cool-down is the caller's fault unless Secrets Manager did not answer: anybody can start it with a
 * made-up cookie, and must wake nobody with it.
 */
function judgeUnsought(parts: OpenParts, keys: CookieKeys, keyId: string): Failure {
  if (parts.missing.get(keys)?.has(keyId)) return unknownKey
  const retryAfterSeconds = parts.cooldownSeconds
  return parts.hasFailed
    ? ofCookieKey(fail('secret_unavailable', { evidence: ['cooling_down'], retryAfterSeconds }))
    : fail('refresh_cookie_undecided', {
        evidence: ['key_unknown', 'cooling_down'],
        retryAfterSeconds,
      })
}

function toReady(request: SealedRequest, keys: CookieKeys, opened: Unsealed): Result<Ready> {
  if (!opened.ok) return fail('refresh_cookie_unreadable', { evidence: [opened.why] })
  const { token, isAged } = opened
  return { ok: true, value: { request: toOpened(request, token), keys, isAged } }
}

function toUnasked({ client }: { readonly client: Client }, failure: Failure): Exchanged {
  const cookies = isCookieDead(failure, client) ? { cookies: toClearedLines(client) } : {}
  return { result: failure, ...cookies }
}

/** Takes the refresh token out of what scripts can see, and puts it into the cookie. */
function keepToken(ready: Ready, result: TokenResult, maxAgeSeconds: number): Exchanged {
  const { request, keys, isAged } = ready
  const { client } = request
  const shown: TokenResult =
    result.ok && result.value !== undefined
      ? { ok: true, value: withoutRefreshToken(result.value) }
      : result
  const change = chooseCookieChange(request, result, isAged)
  if (change === 'keep') return { result: shown }
  if (change === 'clear') return { result: shown, cookies: toClearedLines(client) }
  const sealed = sealToken(keys[0], client.clientId, change)
  const cookies = toCookieLines(client, sealed, maxAgeSeconds)
  return cookies === undefined ? { result: tooLong } : { result: shown, cookies }
}

/** Reports at once that a session could never be refreshed. */
const tooLong = fail('cognito_answer_unusable', { evidence: ['refresh_token_too_long'] })

/** The record must tell the key of the cookies from the secret of the client. */
function ofCookieKey(failure: Failure): Failure {
  return { ...failure, evidence: [...failure.evidence, 'cookie_key'] }
}
