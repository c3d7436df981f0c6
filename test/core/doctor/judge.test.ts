import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forAppClient, forGrant } from '../../../core/doctor/judge.ts'
import { pass, warn } from '../../../core/doctor/verdict.ts'
import { toFindings, toPoolClient } from '../../fixtures/core/sample-findings.ts'

test('judges what matters to one grant only where the client has that grant', () => {
  for (const [grant, words] of [
    ['authorization_code', /does not exchange codes/],
    ['refresh_token', /does not refresh/],
  ] as const) {
    const judge = forGrant(grant, () => warn('judged'))
    const has = toFindings({ client: toPoolClient({ grants: [grant] }) })
    assert.equal(judge(has).found, 'judged')
    const other = grant === 'refresh_token' ? 'authorization_code' : 'refresh_token'
    const lacks = judge(toFindings({ client: toPoolClient({ grants: [other] }) }))
    assert.equal(lacks.status, 'ok')
    assert.match(lacks.found, words)
  }
})

test('judges an app client only where it could be read', () => {
  const judge = forAppClient(({ flows }, { name }) => pass(`${name}: ${flows.join()}`))
  assert.equal(judge(toFindings()).found, 'shop: code')
  const unread = judge(toFindings({ appClient: { ok: false, why: 'denied' } }))
  assert.equal(unread.status, 'skipped')
})
