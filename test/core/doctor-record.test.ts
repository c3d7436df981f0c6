import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes, fail } from '../../core/causes.ts'
import { judgeFindings } from '../../core/doctor.ts'
import { toCheckMetrics, toCheckRecords, toReport } from '../../core/doctor-record.ts'
import { toAppClient, toFindings, toPoolClient } from './sample-findings.ts'

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
  assert.deepEqual(toCheckRecords(well, ''), [{ client: 'shop', check: 'all', check_result: 'ok' }])
  assert.deepEqual(toCheckMetrics(well), [
    {
      by: [[], ['client']],
      dimensions: { client: 'shop' },
      values: [{ name: 'CheckFailures', value: 0 }],
    },
  ])
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

test('counts each failed check by its cause and by its client', () => {
  assert.deepEqual(
    toCheckMetrics(ill),
    ['secret_not_found', 'scopes_missing'].map((cause) => ({
      by: [[], ['cause'], ['client']],
      dimensions: { client: 'shop', cause },
      values: [{ name: 'CheckFailures', value: 1 }],
    })),
  )
})
