import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes, fail } from '../../../core/causes/catalogue.ts'
import { judgeFindings } from '../../../core/doctor/checks.ts'
import {
  isAppClientRead,
  toCheckMetrics,
  toCheckRecords,
  toReport,
} from '../../../core/doctor/report.ts'
import { toAppClient, toFindings, toPoolClient } from '../../fixtures/core/sample-findings.ts'

const well = toReport('shop', judgeFindings(toFindings()))
const ill = toReport(
  'shop',
  judgeFindings(
    toFindings({
      secret: fail('secret_not_found'),
      appClient: { ok: true, value: toAppClient({ scopes: [] }) },
    }),
  ),
)

test('writes a single record and a count of none for a client that is well', () => {
  assert.deepEqual(toCheckRecords(well, ''), [
    { client: 'shop', check: 'all', check_result: 'ok', skipped: undefined },
  ])
  assert.deepEqual(toCheckMetrics(well), [
    {
      by: [[], ['client']],
      dimensions: { client: 'shop' },
      values: [{ name: 'CheckFailures', value: 0 }],
    },
  ])
})

test('does not call a client well that it could not look at, and names what it could not check', () => {
  const denied = { ok: false, why: 'denied' } as const
  const unread = { appClient: denied, activeSecrets: denied, pool: denied }
  const report = toReport('shop', judgeFindings(toFindings(unread)))
  assert.ok(!isAppClientRead(report))
  assert.ok(isAppClientRead(well))
  const [record, ...others] = toCheckRecords(report, '')
  assert.deepEqual(others, [])
  assert.equal(record?.['check_result'], 'unknown')
  const skipped = JSON.stringify(record?.['skipped'])
  for (const name of ['client_exists', 'code_flow', 'device_tracking']) {
    assert.ok(skipped.includes(`"${name}"`), name)
  }
  assert.ok(!skipped.includes('live_probe'))
})

test('names what it could not check where the settings give no user pool, and calls the rest well', () => {
  const unnamed = { ok: false, why: 'unnamed' } as const
  const unread = { appClient: unnamed, activeSecrets: unnamed, pool: unnamed, domain: unnamed }
  const report = toReport('shop', judgeFindings(toFindings(unread)))
  const [record] = toCheckRecords(report, '')
  assert.equal(record?.['check_result'], 'ok')
  assert.match(JSON.stringify(record?.['skipped']), /"client_exists"/)
})

test('names even a single check that it could not make', () => {
  const domainAnswer = { ok: true, value: { aheadSeconds: undefined } } as const
  const [record] = toCheckRecords(toReport('shop', judgeFindings(toFindings({ domainAnswer }))), '')
  assert.deepEqual(record?.['skipped'], ['clock'])
})

test('counts a single failure under the right fault', () => {
  const report = toReport(
    'shop',
    judgeFindings(toFindings({ domainAnswer: fail('cognito_timeout') })),
  )
  assert.deepEqual(toCheckMetrics(report), [
    {
      by: [[], ['cause'], ['kind'], ['client']],
      dimensions: { client: 'shop', cause: 'cognito_timeout', kind: 'outage' },
      values: [{ name: 'CheckFailures', value: 1 }],
    },
  ])
  const faults = toCheckRecords(report, '').map(({ fault }) => fault)
  assert.deepEqual(faults, ['cognito'])
})

test('calls a client well that has warnings only', () => {
  const client = toPoolClient({ refreshTokenRotation: 'unknown' })
  assert.ok(toReport('shop', judgeFindings(toFindings({ client }))).isWell)
})

test('writes one record for each failed check, with the link where the runbook has an address', () => {
  const [secret, scopes, ...others] = toCheckRecords(ill, 'https://docs.example.com/runbook')
  assert.deepEqual(others, [])
  assert.deepEqual(secret, {
    client: 'shop',
    check: 'secret_readable',
    check_result: 'failed',
    cause: 'secret_not_found',
    fault: 'operator',
    fix: causes.secret_not_found.fix,
    runbook: 'https://docs.example.com/runbook/secret_not_found.md',
  })
  assert.equal(scopes?.['cause'], 'scopes_missing')
  assert.equal(scopes?.['fault'], 'operator')
  assert.equal(scopes?.['runbook'], 'https://docs.example.com/runbook/scopes_missing.md')
  assert.equal(toCheckRecords(ill, '')[0]?.['runbook'], undefined)
})

test('counts each failed check by its cause, its kind and its client', () => {
  assert.deepEqual(
    toCheckMetrics(ill),
    (
      [
        ['secret_not_found', 'setup'],
        ['scopes_missing', 'waiting'],
      ] as const
    ).map(([cause, kind]) => ({
      by: [[], ['cause'], ['kind'], ['client']],
      dimensions: { client: 'shop', cause, kind },
      values: [{ name: 'CheckFailures', value: 1 }],
    })),
  )
})
