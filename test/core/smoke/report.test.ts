import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toSmokeReport, toSmokeSummary } from '../../../core/smoke/report.ts'

const url = 'https://proxy.example.com'
const ok = { name: 'health', status: 'ok', found: '' } as const
const failed = { name: 'about', status: 'failed', found: '' } as const

test('is well when no check has failed', () => {
  const report = toSmokeReport(url, [ok, { ...ok, status: 'skipped' }], true)
  assert.ok(report.isWell)
  assert.equal(toSmokeSummary(report), `${url}: everything is correct (2 checks)`)
})

test('counts the checks that have failed', () => {
  const report = toSmokeReport(url, [ok, failed], true)
  assert.ok(!report.isWell)
  assert.equal(toSmokeSummary(report), `${url}: 1 of 2 checks failed`)
})

test('says nothing of a proxy that was not reached', () => {
  assert.equal(toSmokeSummary(toSmokeReport(url, [failed], false)), `${url}: could not check`)
})
