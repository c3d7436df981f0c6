import assert from 'node:assert/strict'
import test from 'node:test'
import type { EarlierUses } from '../../../adapters/evidence/earlier-use.ts'
import { openExplanations } from '../../../adapters/evidence/explanation.ts'
import { openRefusalExplainer } from '../../../adapters/evidence/refusal.ts'
import type { UserPoolConfig } from '../../../adapters/evidence/user-pool-config.ts'
import { type CauseName, fail, type Result } from '../../../core/causes/catalogue.ts'
import type { PoolEvidence } from '../../../core/diagnosis/pool-evidence.ts'
import type { EarlierUse } from '../../../core/diagnosis/use-history.ts'
import type { OAuthRequest } from '../../../core/oauth-request.ts'
import { Secret } from '../../../core/secret.ts'
import type { TokenSet } from '../../../core/token-response.ts'
import { openManualClock } from '../../fixtures/adapters/manual-clock.ts'
import { openTestMeter } from '../../fixtures/adapters/test-meter.ts'
import {
  codeRequest,
  refreshRequest,
  revocationRequest,
} from '../../fixtures/core/sample-request.ts'

const secret = new Secret('the client secret')

/** Explanations whose sources answer at once and are counted. */
function open(earlier: EarlierUse = 'none', leftMs = 5000, pool: PoolEvidence = {}) {
  const clock = openManualClock()
  const ends: string[] = []
  const waits: number[] = []
  const asked: { readonly parts: readonly string[]; readonly waitMs: number }[] = []
  const uses: EarlierUses = {
    begin: () => ({
      end: async (outcome, waitMs) => {
        ends.push(outcome)
        waits.push(waitMs)
      },
      earlier: async () => {
        assert.equal(ends.at(-1), 'refused', 'it notes its outcome before it looks at others')
        return earlier
      },
    }),
  }
  const config: UserPoolConfig = {
    ask: async (_client, parts, waitMs) => {
      asked.push({ parts, waitMs })
      return parts.includes('pool') ? pool : {}
    },
  }
  const explanations = openExplanations(uses, async () =>
    openRefusalExplainer({ poolConfig: config, storedAtMs: () => undefined }),
  )
  const explain = (request: OAuthRequest, result: Result<TokenSet | undefined>) =>
    explanations.begin(request, secret, openTestMeter(leftMs, clock)).end(result, secret)
  return { ends, waits, asked, explain }
}

const tokens = { access_token: 'a', token_type: 'Bearer' }
const rotated = { ...tokens, refresh_token: 'newer' }

test('a success is returned unchanged, its outcome noted, without any call', async () => {
  for (const [request, value, outcome] of [
    [codeRequest, tokens, 'spent'],
    [refreshRequest, tokens, 'kept'],
    [refreshRequest, rotated, 'rotated_out'],
    [revocationRequest, undefined, 'revoked'],
  ] as const) {
    const { ends, waits, asked, explain } = open()
    const result = { ok: true, value } as const
    assert.equal(await explain(request, result), result)
    assert.deepEqual([ends, asked], [[outcome], []])
    assert.deepEqual(waits, [25], 'no longer than nobody notices')
  }
})

test('a failure that needs no evidence is returned unchanged', async () => {
  const causes: readonly CauseName[] = ['cognito_throttled', 'waf_blocked', 'cognito_timeout']
  for (const cause of causes) {
    const { asked, explain } = open('spent')
    const failure = fail(cause)
    assert.equal(await explain(codeRequest, failure), failure)
    assert.deepEqual(asked, [])
  }
})

test('a request of unknown outcome is remembered as lost, a refused one as refused', async () => {
  const { ends, explain } = open()
  await explain(codeRequest, fail('cognito_timeout', { delivery: 'unknown' }))
  await explain(codeRequest, fail('code_rejected'))
  assert.deepEqual(ends, ['lost', 'refused'])
})

test('earlier use names the cause', async () => {
  const { explain } = open('spent')
  const found = await explain(codeRequest, fail('code_rejected'))
  assert.ok(!found.ok)
  assert.deepEqual([found.cause, found.certainty], ['code_already_used', 'proved'])
})

test('the owner of the domain is looked up last, and only if the pool does not claim the domain', async () => {
  const pool = { hasDeviceTracking: false, hasDomain: true }
  const first = ['client', 'activeSecrets', 'pool']
  for (const [hasDomain, expected] of [
    [true, [first]],
    [false, [first, ['domain']]],
  ] as const) {
    const described = { pool: { value: { ...pool, hasDomain }, isFresh: true } }
    const { asked, explain } = open('none', 5000, described)
    await explain(codeRequest, fail('client_rejected'))
    assert.deepEqual(
      asked.map(({ parts }) => parts),
      expected,
    )
    assert.ok(asked.every(({ waitMs }) => waitMs <= 900))
  }
})

test('an explanation takes at most a second and never more than the remaining time', async () => {
  const early = open('none', 60_000)
  await early.explain(codeRequest, fail('client_rejected'))
  assert.ok((early.asked[0]?.waitMs ?? 0) <= 1000)
  const late = open('none', 300)
  await late.explain(codeRequest, fail('client_rejected'))
  assert.ok((late.asked[0]?.waitMs ?? 0) < 300)
  const over = open('none', 10)
  const failure = fail('client_rejected')
  assert.equal(await over.explain(codeRequest, failure), failure)
  assert.deepEqual(over.asked, [])
})
