import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgePairIssuer } from '../../../core/doctor/pair-issuer.ts'
import { toPoolClient } from '../../fixtures/core/sample-findings.ts'

const ofAll = 'https://issuer-cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Pool1'
const ofOne = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Pool1'
const judge = (issuer: string | undefined, type: string | undefined) =>
  judgePairIssuer(toPoolClient({ issuer }), { ok: true, value: type })

test('the issuer of all Regions is in order where the settings have it', () => {
  assert.equal(judge(ofAll, 'UPDATED').status, 'ok')
})

test('settings with another issuer than the tokens fail, and the fix names it', () => {
  for (const [issuer, type, real] of [
    [ofOne, 'UPDATED', ofAll],
    [undefined, 'UPDATED', ofAll],
    [ofAll, 'ORIGINAL', ofOne],
    [ofAll, undefined, ofOne],
  ] as const) {
    const verdict = judge(issuer, type)
    assert.deepEqual([verdict.status, verdict.cause], ['failed', 'regions_differ'])
    assert.equal(verdict.fix, `Set issuer of the client to ${real}.`)
  }
})

test('the issuer of one Region is a warning while both sides have it', () => {
  const verdict = judge(ofOne, 'ORIGINAL')
  assert.equal(verdict.status, 'warning')
  assert.match(verdict.fix ?? '', /to UPDATED, and issuer of the client to https:\/\/issuer-/)
})

test('a user pool that is not described is skipped', () => {
  const verdict = judgePairIssuer(toPoolClient(), { ok: false, why: 'denied' })
  assert.equal(verdict.status, 'skipped')
})

test('in China, the issuer has another domain', () => {
  const client = toPoolClient({ userPoolId: 'cn-north-1_Pool1', issuer: ofAll })
  const verdict = judgePairIssuer(client, { ok: true, value: 'UPDATED' })
  assert.match(
    verdict.found,
    /from https:\/\/issuer-cognito-idp\.cn-north-1\.amazonaws\.com\.cn\/cn-north-1_Pool1,/,
  )
  const nameless = judgePairIssuer(toPoolClient({ userPoolId: undefined, issuer: ofAll }), {
    ok: true,
    value: 'UPDATED',
  })
  assert.equal(nameless.status, 'failed')
})
