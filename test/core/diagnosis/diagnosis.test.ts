import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes, type Failure, fail } from '../../../core/causes/catalogue.ts'
import { choosePoolParts, diagnose } from '../../../core/diagnosis/diagnosis.ts'
import type { PoolEvidence } from '../../../core/diagnosis/pool-evidence.ts'
import type { Facts } from '../../../core/facts.ts'
import { Secret } from '../../../core/secret.ts'
import {
  toClientEvidence,
  toDescribedPool,
  toFresh,
  toInput,
  toSecrets,
  toStale,
} from '../../fixtures/core/sample-evidence.ts'
import { allFacts, causeNames } from '../../fixtures/core/sample-outcome.ts'
import {
  codeRequest,
  refreshRequest,
  revocationRequest,
} from '../../fixtures/core/sample-request.ts'

/** Everything wrong at once, as far as a pool can tell. */
const allWrong: PoolEvidence = {
  ...toClientEvidence({
    secret: new Secret('other-secret'),
    allowsCode: false,
    isOAuthEnabled: false,
    callbackUrls: [],
    isRevocationEnabled: false,
    isRotating: true,
  }),
  activeSecrets: toSecrets(1),
  pool: toFresh(toDescribedPool({ hasDeviceTracking: true })),
  domain: toFresh({ userPoolId: 'eu-central-1_Other' }),
}
const requests = [codeRequest, refreshRequest, revocationRequest]

for (const name of causeNames.filter((one) => choosePoolParts(one).length === 0)) {
  test(`leaves ${name} as it is, whatever is wrong besides`, () => {
    const failure: Failure = { ...fail(name), evidence: ['a'], candidates: ['b'], facts: allFacts }
    for (const request of requests) {
      const input = toInput(failure, { request, pool: allWrong, earlier: 'spent' })
      assert.deepEqual(diagnose(input), failure)
    }
  })
}

const facts: Facts = { ...allFacts, upstreamError: 'invalid_request' }

test('keeps every fact of the failure when the cause changes', () => {
  for (const name of causeNames) {
    for (const request of requests) {
      for (const pool of [{}, allWrong, toClientEvidence()]) {
        const found = diagnose(toInput({ ...fail(name), facts }, { request, pool }))
        assert.deepEqual(found.facts, facts)
      }
    }
  }
})

const unauthorized = fail('client_unauthorized')

test('a redirect URI that is not registered is likely and no more: sign-in gives no code for one', () => {
  for (const callbackUrls of [[], ['https://shop.example.com/callback/']]) {
    const pool = toClientEvidence({ callbackUrls })
    const expected = fail('callback_not_registered', {
      certainty: 'likely',
      evidence: ['callback_missing'],
    })
    assert.deepEqual(diagnose(toInput(unauthorized, { pool })), expected)
    const old = { pool: toStale(pool, 'client') }
    assert.deepEqual(diagnose(toInput(unauthorized, old)), expected)
  }
})

test('if the client was correct before the refusal, the cause stays undetermined and may be the operator’s', () => {
  const pool = toStale(toClientEvidence(), 'client')
  assert.deepEqual(diagnose(toInput(unauthorized, { pool })), unauthorized)
})

test('a switch is not proved if Cognito hints at the redirect URI', () => {
  const hinted = fail('client_unauthorized', { evidence: ['described_as_redirect'] })
  for (const [changes, cause] of [
    [{ allowsCode: false }, 'grant_not_allowed'],
    [{ isOAuthEnabled: false }, 'oauth_flows_disabled'],
    [{ callbackUrls: [] }, 'callback_not_registered'],
  ] as const) {
    const found = diagnose(toInput(hinted, { pool: toClientEvidence(changes) }))
    assert.deepEqual([found.cause, found.certainty], [cause, 'likely'])
    assert.equal(found.evidence[0], 'described_as_redirect')
  }
})

test('a client in order leaves the redirect URI of the front end, which is likely and no more', () => {
  assert.deepEqual(
    diagnose(toInput(unauthorized, { pool: toClientEvidence() })),
    fail('redirect_uri_mismatch', {
      certainty: 'likely',
      evidence: ['client_in_order', 'callback_registered'],
    }),
  )
  assert.equal(causes.redirect_uri_mismatch.fault, 'caller')
})

test("Cognito's own hint at the redirect URI is kept as the first evidence", () => {
  const hinted = fail('client_unauthorized', { evidence: ['described_as_redirect'] })
  const found = diagnose(toInput(hinted, { pool: toClientEvidence() }))
  assert.deepEqual(found.evidence, [
    'described_as_redirect',
    'client_in_order',
    'callback_registered',
  ])
  assert.equal(found.certainty, 'likely')
})

type Faults = readonly [allowsCode: boolean, isOAuthEnabled: boolean, isRegistered: boolean]
const severalFaults: readonly (readonly [Faults, Failure])[] = [
  [
    [false, false, true],
    fail('grant_not_allowed', {
      certainty: 'likely',
      evidence: ['code_flow_missing', 'oauth_flag_off'],
    }),
  ],
  [
    [false, true, false],
    fail('grant_not_allowed', {
      certainty: 'likely',
      evidence: ['code_flow_missing', 'callback_missing'],
    }),
  ],
  [
    [true, false, false],
    fail('oauth_flows_disabled', {
      certainty: 'likely',
      evidence: ['oauth_flag_off', 'callback_missing'],
    }),
  ],
  [
    [false, false, false],
    fail('grant_not_allowed', {
      certainty: 'likely',
      evidence: ['code_flow_missing', 'oauth_flag_off', 'callback_missing'],
    }),
  ],
]

for (const [[allowsCode, isOAuthEnabled, isRegistered], expected] of severalFaults) {
  test(`proves none of several faults, and names them all: ${expected.evidence.join(', ')}`, () => {
    const registered = isRegistered ? {} : { callbackUrls: [] }
    const pool = toClientEvidence({ allowsCode, isOAuthEnabled, ...registered })
    assert.deepEqual(diagnose(toInput(unauthorized, { pool })), expected)
  })
}

test('two faults at a refresh are likely too, and the callback URLs are none of them', () => {
  const pool = toClientEvidence({ allowsCode: false, isOAuthEnabled: false, callbackUrls: [] })
  assert.deepEqual(
    diagnose(toInput(unauthorized, { request: refreshRequest, pool })),
    severalFaults[0]?.[1],
  )
})

test('one fault at a refresh is likely and no more: that it must stop a refresh is not established', () => {
  const failure = fail('client_unauthorized', {
    candidates: ['grant_not_allowed', 'oauth_flows_disabled'],
  })
  const faults = [
    [{ allowsCode: false }, 'grant_not_allowed', 'code_flow_missing'],
    [{ isOAuthEnabled: false }, 'oauth_flows_disabled', 'oauth_flag_off'],
  ] as const
  for (const [changes, cause, slug] of faults) {
    const pool = toClientEvidence({ ...changes, callbackUrls: [] })
    for (const request of [refreshRequest, revocationRequest]) {
      const found = diagnose(toInput(failure, { request, pool }))
      assert.deepEqual(
        [found.cause, found.certainty, found.evidence, found.candidates],
        [cause, 'likely', [slug], []],
      )
    }
  }
})

test('what names no redirect URI is never given a cause of one', () => {
  const failure = fail('client_unauthorized', {
    candidates: ['grant_not_allowed', 'oauth_flows_disabled'],
  })
  for (const request of [refreshRequest, revocationRequest]) {
    for (const callbackUrls of [[], ['https://shop.example.com/callback']]) {
      const pool = toClientEvidence({ callbackUrls })
      assert.deepEqual(diagnose(toInput(failure, { request, pool })), failure)
    }
  }
})

const invalidRequest: Failure = {
  ...fail('cognito_request_rejected', { evidence: ['error_unexpected'] }),
  facts: { upstreamError: 'invalid_request', upstreamStatus: 400 },
}
const revocationOff = toClientEvidence({ isRevocationEnabled: false })

test('names a revocation that is switched off, and keeps what Cognito said', () => {
  const input = toInput(invalidRequest, { request: revocationRequest, pool: revocationOff })
  const found = diagnose(input)
  assert.equal(found.cause, 'revocation_disabled')
  assert.equal(found.certainty, 'proved')
  assert.equal(found.evidence.at(-1), 'revocation_flag_off')
  assert.deepEqual(found.facts, invalidRequest.facts)
})

test('calls a revocation switched off only for the word invalid_request', () => {
  for (const upstreamError of ['invalid_scope', 'unsupported_grant_type', 'other'] as const) {
    const failure = { ...invalidRequest, facts: { upstreamError } }
    const input = toInput(failure, { request: revocationRequest, pool: revocationOff })
    assert.deepEqual(diagnose(input), failure)
  }
  const wordless = fail('cognito_request_rejected', { evidence: ['method_refused'] })
  const input = toInput(wordless, { request: revocationRequest, pool: revocationOff })
  assert.deepEqual(diagnose(input), wordless)
})

test('calls a revocation switched off only at a revocation, and only where it is', () => {
  for (const request of [codeRequest, refreshRequest]) {
    const input = toInput(invalidRequest, { request, pool: revocationOff })
    assert.deepEqual(diagnose(input), invalidRequest)
  }
  const input = toInput(invalidRequest, { request: revocationRequest, pool: toClientEvidence() })
  assert.deepEqual(diagnose(input), invalidRequest)
})
