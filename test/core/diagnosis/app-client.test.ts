import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes, type Failure, fail } from '../../../core/causes/catalogue.ts'
import { diagnose } from '../../../core/diagnosis/diagnosis.ts'
import type { PoolEvidence } from '../../../core/diagnosis/pool-evidence.ts'
import {
  elsewhere,
  gone,
  lacking,
  otherClient,
  present,
  shop,
  spreading,
} from '../../fixtures/core/rejected-client-evidence.ts'
import {
  absent,
  toClientEvidence,
  toFresh,
  toInput,
  toSecrets,
  toStale,
} from '../../fixtures/core/sample-evidence.ts'
import {
  codeRequest,
  refreshRequest,
  revocationRequest,
} from '../../fixtures/core/sample-request.ts'

const likelyMismatch = fail('client_secret_mismatch', {
  certainty: 'likely',
  evidence: ['secret_differs'],
})

type Row = readonly [string, PoolEvidence, Failure]

/** What invalid_client is taken for by evidence that proves nothing, or proves something else first. */
const rejections: readonly Row[] = [
  [
    'the very secret that was used, at its own domain',
    { ...toClientEvidence(), ...shop },
    spreading,
  ],
  [
    'the very secret that was used, in a pool that names the domain its own',
    { ...toClientEvidence(), ...present },
    spreading,
  ],
  [
    'the very secret that was used, beside a second one',
    { ...toClientEvidence(), ...shop, activeSecrets: toSecrets(2) },
    spreading,
  ],
  [
    'the very secret that was used, at a domain that may be anybody’s',
    toClientEvidence(),
    fail('client_rejected'),
  ],
  [
    'the very secret that was used, as it was described long ago',
    { ...toStale(toClientEvidence(), 'client'), ...shop },
    fail('client_rejected'),
  ],
  ['another secret and no count of them', otherClient, likelyMismatch],
  [
    'another secret and none to be counted',
    { ...otherClient, activeSecrets: toSecrets(0) },
    likelyMismatch,
  ],
  [
    'another secret and a count that is absent',
    { ...otherClient, activeSecrets: absent },
    likelyMismatch,
  ],
  [
    'another secret, two of them active, which no call can tell apart',
    { ...otherClient, activeSecrets: toSecrets(2) },
    fail('client_secret_mismatch', {
      certainty: 'likely',
      evidence: ['secret_differs', 'two_active_secrets'],
    }),
  ],
  [
    'another secret, and the only active one was added later',
    { ...otherClient, ...shop, activeSecrets: toSecrets(1, 1_710_000_000) },
    fail('client_secret_mismatch', {
      certainty: 'likely',
      evidence: ['secret_differs', 'one_active_secret'],
    }),
  ],
  [
    'no such client, in a pool of which nothing is known',
    gone,
    fail('client_not_found', { certainty: 'likely', evidence: ['client_absent'] }),
  ],
  [
    'no such client, in a pool that is there, at a domain that may be anybody’s',
    { ...gone, ...toStale(present, 'pool') },
    fail('client_not_found', { certainty: 'likely', evidence: ['client_absent'] }),
  ],
  [
    'no such client, in a pool that has the domain by an old description of the domain',
    { ...gone, ...present, ...toStale(shop, 'domain') },
    fail('client_not_found', { certainty: 'likely', evidence: ['client_absent'] }),
  ],
  [
    'no such client, in a pool that is absent too',
    { ...gone, pool: absent },
    fail('client_rejected', { evidence: ['user_pool_absent'] }),
  ],
  ['nothing but that the pool is there, with the domain', present, fail('client_rejected')],
  [
    'nothing but that the pool does not name the domain its own, which may be an alias',
    lacking,
    fail('client_rejected'),
  ],
  [
    'the very secret that was used, in a pool that does not name the domain its own',
    { ...toClientEvidence(), ...lacking },
    fail('client_rejected'),
  ],
  ...[{}, lacking, { domain: absent }, { domain: toFresh({ userPoolId: undefined }) }].flatMap(
    (domain): Row[] => [
      [
        `no secret, at a domain that may be anybody’s: ${JSON.stringify(domain)}`,
        { ...toClientEvidence({ secret: undefined }), activeSecrets: toSecrets(0), ...domain },
        fail('client_has_no_secret', { certainty: 'likely', evidence: ['no_active_secret'] }),
      ],
      [
        `another secret, the only active one, at a domain that may be anybody’s: ${JSON.stringify(domain)}`,
        { ...otherClient, activeSecrets: toSecrets(1), ...domain },
        fail('client_secret_mismatch', {
          certainty: 'likely',
          evidence: ['secret_differs', 'one_active_secret'],
        }),
      ],
      [
        `no such client, at a domain that may be anybody’s: ${JSON.stringify(domain)}`,
        { ...gone, ...domain },
        fail('client_not_found', { certainty: 'likely', evidence: ['client_absent'] }),
      ],
    ],
  ),
  ['nothing but one active secret', { activeSecrets: toSecrets(1) }, fail('client_rejected')],
]

for (const [what, pool, expected] of rejections) {
  test(`takes a rejected client for ${expected.cause}, ${expected.certainty}: ${what}`, () => {
    for (const request of [codeRequest, refreshRequest, revocationRequest]) {
      assert.deepEqual(diagnose(toInput(fail('client_rejected'), { request, pool })), expected)
    }
  })
}

test('an equal secret stays an open case, however old the description', () => {
  const pool = { ...toStale(toClientEvidence(), 'client'), ...shop }
  const { cause, certainty } = diagnose(toInput(fail('client_rejected'), { pool }))
  assert.deepEqual([cause, certainty], ['client_rejected', 'undetermined'])
})

test('an app client whose secrets can be listed is not proved to be deleted', () => {
  const counts: readonly (readonly [PoolEvidence['activeSecrets'], string])[] = [
    [toSecrets(0), 'likely'],
    [toSecrets(1), 'likely'],
    [{ ...toSecrets(1), isFresh: false }, 'proved'],
    [absent, 'proved'],
  ]
  for (const [activeSecrets, expected] of counts) {
    const pool = { ...gone, ...present, ...(activeSecrets && { activeSecrets }) }
    const { cause, certainty } = diagnose(toInput(fail('client_rejected'), { pool }))
    assert.deepEqual([cause, certainty], ['client_not_found', expected])
  }
})

test('a stored secret that changed and was not tried leaves a mismatch no more than likely', () => {
  const failure = fail('client_rejected', { evidence: ['secret_changed_untried'] })
  const pool = { ...otherClient, ...present, activeSecrets: toSecrets(1) }
  assert.deepEqual(
    diagnose(toInput(failure, { pool })),
    fail('client_secret_mismatch', {
      certainty: 'likely',
      evidence: ['secret_changed_untried', 'secret_differs', 'one_active_secret'],
    }),
  )
  const tried = fail('client_rejected', { evidence: ['secret_changed'] })
  assert.equal(diagnose(toInput(tried, { pool })).certainty, 'proved')
})

const afterRefusal = [
  'secret_changed',
  'secret_changed_untried',
  'secret_unchanged',
  'refetch_failed',
  'cooling_down',
] as const

test('the result of the search for another secret stays the first evidence', () => {
  const pools: readonly PoolEvidence[] = [
    toClientEvidence(),
    toClientEvidence({ secret: undefined }),
    { ...otherClient, activeSecrets: toSecrets(1) },
    { ...gone, ...present },
    { ...gone, pool: absent },
    elsewhere,
    lacking,
    {},
  ]
  for (const slug of afterRefusal) {
    for (const pool of pools) {
      const failure = fail('client_rejected', { evidence: [slug] })
      const bare = diagnose(toInput(fail('client_rejected'), { pool }))
      const found = diagnose(toInput(failure, { pool }))
      assert.equal(found.cause, bare.cause)
      assert.deepEqual(found.evidence, [slug, ...bare.evidence])
    }
  }
})

test('a rejected client that cannot be told apart keeps every candidate', () => {
  const { candidates } = diagnose(toInput(fail('client_rejected')))
  assert.deepEqual(candidates, causes.client_rejected.candidates)
})
