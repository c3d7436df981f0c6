import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Failure, fail, toCause } from '../../../core/causes/catalogue.ts'
import { conclude, toCertainty } from '../../../core/diagnosis/certainty.ts'
import { chooseMoreParts, choosePoolParts, diagnose } from '../../../core/diagnosis/diagnosis.ts'
import type { DiagnosisInput } from '../../../core/diagnosis/input.ts'
import type { DescribedClient, PoolEvidence } from '../../../core/diagnosis/pool-evidence.ts'
import { upstreamErrors } from '../../../core/facts.ts'
import type { OAuthRequest } from '../../../core/oauth-request.ts'
import { judgeRejection } from '../../../core/rejection.ts'
import { Secret } from '../../../core/secret.ts'
import {
  absent,
  toAllStale,
  toFresh,
  toInput,
  userPoolId,
} from '../../fixtures/core/sample-evidence.ts'
import { isProof } from '../../fixtures/core/sample-proof.ts'
import {
  codeRequest,
  refreshRequest,
  revocationRequest,
} from '../../fixtures/core/sample-request.ts'
import { chooseSeed, openRandom } from '../../fixtures/core/seeded-random.ts'

test('a finding keeps the evidence that was gathered before it, and puts it first', () => {
  const input = toInput(fail('client_rejected', { evidence: ['secret_unchanged'] }))
  const found = conclude(input, 'client_not_found', { evidence: ['client_absent'] })
  assert.deepEqual(
    [found.cause, found.evidence],
    ['client_not_found', ['secret_unchanged', 'client_absent']],
  )
})

test('descriptions prove something only if each was read after the refusal', () => {
  assert.equal(toCertainty(toFresh(1), absent), 'proved')
  assert.equal(toCertainty(toFresh(1), { value: 1, isFresh: false }), 'likely')
  assert.equal(toCertainty(toFresh(1), undefined), 'likely')
})

const seed = chooseSeed()
const runs = 50_000
const random = openRandom(seed)

function pick<T>(...values: readonly [T, ...T[]]): T {
  // Undefined is a value like any other here, and the index never runs over.
  return values[Math.floor(random() * values.length)] as T
}

const secrets = [new Secret('used-secret'), new Secret('other-secret'), undefined] as const

function toRandomClient(): DescribedClient {
  return {
    secret: pick(...secrets),
    createdAtSeconds: pick(1_700_000_000, 1_700_000_000, undefined),
    allowsCode: pick(true, false),
    isOAuthEnabled: pick(true, false),
    callbackUrls: pick([], ['https://shop.example.com/callback'], ['https://x.example']),
    isRevocationEnabled: pick(true, false),
    scopes: pick(['openid'], ['openid', 'email']),
    readAttributes: pick([], ['email', 'email_verified']),
    isRotating: pick(true, false),
    retryGracePeriodSeconds: pick(0, 1, 60),
  }
}

/** One part of the evidence: missing, absent, or described a moment or long ago. */
function toPart<T>(value: T) {
  const isFresh = pick(true, true, false)
  return pick(undefined, { ...absent, isFresh }, { value, isFresh }, { value, isFresh })
}

function toRandomPool(): PoolEvidence {
  const client = toPart(toRandomClient())
  const activeSecrets = toPart({
    count: pick(0, 1, 1, 2),
    oldestAtSeconds: pick(1_700_000_000, 1_700_000_000, 1_710_000_000, undefined),
  })
  const pool = toPart({ hasDeviceTracking: pick(true, false), hasDomain: pick(true, false) })
  const domain = toPart({ userPoolId: pick(userPoolId, 'eu-central-1_Other', undefined) })
  return {
    ...(client && { client }),
    ...(activeSecrets && { activeSecrets }),
    ...(pool && { pool }),
    ...(domain && { domain }),
  }
}

/** A failure as it comes in: Cognito's word, or a domain at which nobody spoke. */
function toRandomFailure({ grantType }: OAuthRequest): Failure {
  if (random() < 0.1) {
    return pick(
      fail('domain_not_found', { evidence: ['name_unresolved'] }),
      fail('domain_not_found', { certainty: 'likely', evidence: ['answered_404'] }),
    )
  }
  const error = pick('invalid_client', ...upstreamErrors)
  const failure = judgeRejection({ error, grantType, isRedirectHint: pick(true, false) })
  const afterRefusal =
    failure.cause === 'client_rejected'
      ? [pick('secret_unchanged', 'secret_changed', 'secret_changed_untried')]
      : []
  return {
    ...failure,
    evidence: [...failure.evidence, ...afterRefusal],
    facts: { upstreamError: error },
  }
}

function toRandomOpen(): DiagnosisInput {
  const asked = pick<OAuthRequest>(codeRequest, refreshRequest, revocationRequest)
  const named = pick(userPoolId, userPoolId, undefined)
  const request = { ...asked, client: { ...asked.client, userPoolId: named } }
  return {
    failure: toRandomFailure(request),
    request,
    usedSecret: new Secret('used-secret'),
    storedAtMs: pick(1_690_000_000_000, 1_700_000_030_000, 1_720_000_000_000, undefined),
    pool: toRandomPool(),
    earlier: pick('spent', 'sent', 'rotated_out', 'revoked', 'none', 'unknown'),
  }
}

const opened = Array.from({ length: runs }, toRandomOpen)
const diagnosed = opened.map((open) => ({ open, found: diagnose(open) }))

/** Runs one check over every diagnosis and shows the first that fails. */
function checkAll(check: (found: Failure, open: DiagnosisInput) => boolean): void {
  for (const { found, open } of diagnosed) {
    assert.ok(check(found, open), `SEED=${seed} ${JSON.stringify({ found, ...toShown(open) })}`)
  }
}

function toShown({ failure, request, pool, earlier }: DiagnosisInput) {
  const grantType = request.grantType ?? 'none'
  const named = request.client.userPoolId
  return { from: failure.cause, facts: failure.facts, grantType, pool, earlier, named }
}

test('calls a cause proved only where the evidence admits no other explanation', (context) => {
  context.diagnostic(`SEED=${seed}`)
  checkAll((found, open) => found.certainty !== 'proved' || isProof(found.cause, open))
})

test('proves every cause that can be proved, some time', () => {
  const proved = diagnosed.filter(({ found }) => found.certainty === 'proved')
  assert.deepEqual([...new Set(proved.map(({ found }) => found.cause))].sort(), [
    'client_has_no_secret',
    'client_not_found',
    'client_secret_mismatch',
    'code_already_used',
    'domain_not_found',
    'domain_of_another_pool',
    'grant_not_allowed',
    'oauth_flows_disabled',
    'refresh_token_rotated_out',
    'revocation_disabled',
    'token_type_not_revocable',
  ])
})

test('keeps undetermined what has candidates, and each candidate is one of the row', () => {
  checkAll((found) => {
    const { candidates = [], rareCandidates = [] } = toCause(found.cause)
    const all = [...candidates, ...rareCandidates]
    const isOpen = found.certainty === 'undetermined'
    return (
      isOpen === all.length > 0 &&
      found.candidates.length > 0 === isOpen &&
      found.candidates.every((one) => all.includes(one))
    )
  })
})

test('names a rare candidate only for a revocation that was called an invalid request', () => {
  checkAll((found, { request, failure }) => {
    const isNamed = found.candidates.includes('revocation_disabled')
    const isRevocation = request.grantType === undefined
    return !isNamed || (isRevocation && failure.facts.upstreamError === 'invalid_request')
  })
})

test('never widens what the word has already narrowed', () => {
  checkAll(
    (found, { failure }) =>
      found.cause !== failure.cause ||
      found.candidates.every((one) => failure.candidates.includes(one)),
  )
})

test('shows no evidence but that of the row', () => {
  checkAll((found) => {
    const known = toCause(found.cause).evidence ?? []
    return found.evidence.every((slug) => known.includes(slug))
  })
})

test('never loses evidence, facts or the word', () => {
  checkAll(
    (found, { failure }) =>
      failure.evidence.every((slug, index) => found.evidence[index] === slug) &&
      found.facts.upstreamError === failure.facts.upstreamError,
  )
})

test('gives a cause of the redirect URI to nothing but a code exchange', () => {
  checkAll(
    (found, { request }) =>
      request.grantType === 'authorization_code' ||
      !['callback_not_registered', 'redirect_uri_mismatch'].includes(found.cause),
  )
})

test("answers invalid_grant only if Cognito's error is about the grant or its client", () => {
  checkAll(
    (found, { failure }) =>
      toCause(found.cause).error !== 'invalid_grant' ||
      failure.facts.upstreamError === 'invalid_grant' ||
      found.cause === 'redirect_uri_mismatch',
  )
})

test('without evidence a failure is the one that came in', () => {
  for (const open of opened) {
    const bare: DiagnosisInput = { ...open, pool: {}, earlier: 'unknown' }
    assert.deepEqual(diagnose(bare), open.failure)
  }
})

test('old descriptions prove nothing, rule nothing out, and never make an operator’s fault the caller’s', () => {
  for (const open of opened) {
    const found = diagnose({ ...open, pool: toAllStale(open.pool), earlier: 'unknown' })
    const isOperators = toCause(open.failure.cause).fault === 'operator'
    assert.ok(!isOperators || toCause(found.cause).fault === 'operator')
    assert.ok(found.certainty !== 'proved' || open.failure.certainty === 'proved')
    if (found.cause === open.failure.cause) {
      assert.deepEqual(found.candidates, open.failure.candidates)
    }
  }
})

test('evidence that the cause does not need changes nothing', () => {
  for (const { open, found } of diagnosed) {
    const { cause } = open.failure
    const asked = [...choosePoolParts(cause), ...chooseMoreParts(cause, { pool: absent })]
    const kept = Object.entries(open.pool).filter(([part]) => asked.some((one) => one === part))
    assert.deepEqual(diagnose({ ...open, pool: Object.fromEntries(kept) }), found)
  }
})
