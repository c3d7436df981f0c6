import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, type Failure, fail } from '../../../core/causes/catalogue.ts'
import { diagnose } from '../../../core/diagnosis/diagnosis.ts'
import type { PoolEvidence, PoolPart } from '../../../core/diagnosis/pool-evidence.ts'
import type { OAuthRequest } from '../../../core/oauth-request.ts'
import { Secret } from '../../../core/secret.ts'
import {
  absent,
  toClientEvidence,
  toDescribedPool,
  toFresh,
  toInput,
  toSecrets,
  toStale,
  userPoolId,
} from '../../fixtures/core/sample-evidence.ts'
import {
  codeRequest,
  refreshRequest,
  revocationRequest,
} from '../../fixtures/core/sample-request.ts'

/** A cause that the pool's configuration proves. */
interface Rule {
  readonly what: string
  readonly failure: Failure
  readonly requests: readonly OAuthRequest[]
  readonly pool: PoolEvidence
  /** The parts that the proof rests on. */
  readonly needs: readonly PoolPart[]
  readonly cause: CauseName
  readonly evidence: readonly string[]
}

const anyRequest = [codeRequest, refreshRequest, revocationRequest]
const otherSecret = { secret: new Secret('other-secret') }
const elsewhere = { domain: toFresh({ userPoolId: 'eu-central-1_Other' }) }
const own = { domain: toFresh({ userPoolId }) }
const owning = { pool: toFresh(toDescribedPool()) }

const rules: readonly Rule[] = [
  {
    what: 'a client that a pool which is there, and has the domain, does not have',
    failure: fail('client_rejected'),
    requests: anyRequest,
    pool: {
      client: absent,
      pool: toFresh(toDescribedPool()),
      domain: toFresh({ userPoolId }),
    },
    needs: ['client', 'pool', 'domain'],
    cause: 'client_not_found',
    evidence: ['client_absent'],
  },
  {
    what: 'a client that a pool which names the domain its own does not have',
    failure: fail('client_rejected'),
    requests: anyRequest,
    pool: { client: absent, pool: toFresh(toDescribedPool()) },
    needs: ['client', 'pool'],
    cause: 'client_not_found',
    evidence: ['client_absent'],
  },
  {
    what: 'a client without a secret, at its own domain',
    failure: fail('client_rejected'),
    requests: anyRequest,
    pool: { ...toClientEvidence({ secret: undefined }), activeSecrets: toSecrets(0), ...own },
    needs: ['client', 'activeSecrets', 'domain'],
    cause: 'client_has_no_secret',
    evidence: ['no_active_secret'],
  },
  {
    what: 'a client without a secret, in a pool that names the domain its own',
    failure: fail('client_rejected'),
    requests: anyRequest,
    pool: { ...toClientEvidence({ secret: undefined }), activeSecrets: toSecrets(0), ...owning },
    needs: ['client', 'activeSecrets', 'pool'],
    cause: 'client_has_no_secret',
    evidence: ['no_active_secret'],
  },
  {
    what: 'another secret, the only active one, in a pool that names the domain its own',
    failure: fail('client_rejected'),
    requests: anyRequest,
    pool: { ...toClientEvidence(otherSecret), activeSecrets: toSecrets(1), ...owning },
    needs: ['client', 'activeSecrets', 'pool'],
    cause: 'client_secret_mismatch',
    evidence: ['secret_differs', 'one_active_secret'],
  },
  {
    what: 'another secret, the only active one, at its own domain',
    failure: fail('client_rejected'),
    requests: anyRequest,
    pool: { ...toClientEvidence(otherSecret), activeSecrets: toSecrets(1), ...own },
    needs: ['client', 'activeSecrets', 'domain'],
    cause: 'client_secret_mismatch',
    evidence: ['secret_differs', 'one_active_secret'],
  },
  {
    what: 'a client of this pool that is refused at the domain of another',
    failure: fail('client_rejected'),
    requests: anyRequest,
    pool: { ...toClientEvidence(), ...elsewhere },
    needs: ['client', 'domain'],
    cause: 'domain_of_another_pool',
    evidence: ['domain_elsewhere'],
  },
  {
    what: 'a client without the code flow',
    failure: fail('client_unauthorized'),
    requests: [codeRequest],
    pool: toClientEvidence({ allowsCode: false }),
    needs: ['client'],
    cause: 'grant_not_allowed',
    evidence: ['code_flow_missing'],
  },
  {
    what: 'a client with OAuth switched off',
    failure: fail('client_unauthorized'),
    requests: [codeRequest],
    pool: toClientEvidence({ isOAuthEnabled: false }),
    needs: ['client'],
    cause: 'oauth_flows_disabled',
    evidence: ['oauth_flag_off'],
  },
  {
    what: 'a revocation while revocation is switched off',
    failure: {
      ...fail('cognito_request_rejected'),
      facts: { upstreamError: 'invalid_request' },
    },
    requests: [revocationRequest],
    pool: toClientEvidence({ isRevocationEnabled: false }),
    needs: ['client'],
    cause: 'revocation_disabled',
    evidence: ['revocation_flag_off'],
  },
]

/** What a test compares; facts are judged elsewhere. */
function toFound({ cause, certainty, evidence, candidates }: Failure) {
  return { cause, certainty, evidence, candidates }
}

for (const { what, failure, requests, pool, needs, cause, evidence } of rules) {
  test(`${what}: ${cause}, proved`, () => {
    for (const request of requests) {
      const expected = { cause, certainty: 'proved', evidence, candidates: [] }
      assert.deepEqual(toFound(diagnose(toInput(failure, { request, pool }))), expected)
    }
  })

  for (const part of needs) {
    test(`${what}: ${cause}, only likely where the description of ${part} is old`, () => {
      for (const request of requests) {
        const input = toInput(failure, { request, pool: toStale(pool, part) })
        const expected = { cause, certainty: 'likely', evidence, candidates: [] }
        assert.deepEqual(toFound(diagnose(input)), expected)
      }
    })
  }

  test(`${what}: left as it was where nothing is known of the pool`, () => {
    for (const request of requests) {
      assert.deepEqual(diagnose(toInput(failure, { request })), failure)
    }
  })
}

const inOrder: PoolEvidence = {
  ...toClientEvidence(),
  activeSecrets: toSecrets(1),
  pool: toFresh(toDescribedPool({ hasDeviceTracking: true })),
  domain: toFresh({ userPoolId: 'eu-central-1_Shop' }),
}

test('with everything in order no cause of the configuration is named', () => {
  const named = new Set<string>(rules.map(({ cause }) => cause))
  for (const { failure, requests } of rules) {
    for (const request of requests) {
      const found = diagnose(toInput(failure, { request, pool: inOrder }))
      const isNamed = found.cause !== failure.cause && named.has(found.cause)
      assert.ok(!isNamed, `${failure.cause} became ${found.cause}`)
    }
  }
})

test('with everything in order no cause is proved that the word alone does not prove', () => {
  for (const { failure, requests } of rules) {
    for (const request of requests) {
      const { certainty } = diagnose(toInput(failure, { request, pool: inOrder }))
      assert.ok(certainty !== 'proved' || certainty === failure.certainty)
    }
  }
})

test('an app client that is absent tells nothing about a grant', () => {
  const pool = { ...inOrder, client: absent }
  for (const { failure, requests } of rules) {
    if (failure.cause === 'client_rejected') continue
    for (const request of requests) {
      assert.deepEqual(diagnose(toInput(failure, { request, pool })), failure)
    }
  }
})
