import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, type Failure, fail, toCause } from '../../../core/causes/catalogue.ts'
import { type CheckCauseName, checkCauseNames } from '../../../core/causes/doctor.ts'
import { type StepCauseName, stepCauseNames } from '../../../core/causes/rotation.ts'
import { toCheckRecords } from '../../../core/doctor/report.ts'
import { reject } from '../../../core/doctor/verdict.ts'
import { type FactName, factRows } from '../../../core/facts.ts'
import { toRecord } from '../../../core/record.ts'
import { toRotationRecord } from '../../../core/rotation/report.ts'
import { recordFieldSchemas } from '../../../pages/record-schema/fields.ts'
import { toRecordSchema } from '../../../pages/record-schema/record-schema.ts'
import {
  allFacts,
  causeNames,
  measures,
  toFailedOutcome,
  toSuccess,
} from '../../fixtures/core/sample-outcome.ts'
import { assertLines, findFault } from '../../record-schema.ts'

type Fields = Readonly<Record<string, unknown>>

const runbookUrl = 'https://docs.example.com/runbook'
const logged = { level: 'INFO', message: 'request', service: 'token-proxy' }
const spent = { ...measures, facts: allFacts }
const success: Fields = {
  ...logged,
  ...toRecord(toSuccess(), { ...spent, isColdStart: true }, ''),
  ...{ _aws: { Timestamp: 1, CloudWatchMetrics: [] }, Requests: 1, Successes: 1, ColdStarts: 1 },
}
const everyFact = toRecord(toFailedOutcome('client_rejected'), spent, '') as Fields

/** The line of a failure with everything that a record of its cause may have. */
function toLine(name: CauseName, changes: Fields = {}): Fields {
  const { fault, details = {}, evidence = [] } = toCause(name)
  const slugs = { detail: Object.keys(details)[0], evidence: evidence.slice(0, 4) }
  const failure: Failure = { ...fail(name), ...slugs, facts: allFacts }
  const record = toRecord(toFailedOutcome(failure), measures, runbookUrl)
  return { ...logged, level: fault === 'caller' ? 'WARN' : 'ERROR', ...record, ...changes }
}

function toCheckLine(cause: CheckCauseName, changes: Fields = {}): Fields {
  const checks = [{ name: 'scopes' as const, ...reject(cause, 'found') }]
  const [record] = toCheckRecords({ client: 'shop', isWell: false, checks }, runbookUrl)
  return { ...logged, level: 'ERROR', message: 'check', ...record, ...changes }
}

function toStepLine(cause: StepCauseName | undefined, changes: Fields = {}): Fields {
  const failure = cause && { ok: false as const, cause, evidence: [] }
  const record = toRotationRecord(
    {
      ...{ client: 'shop', goal: 'set', did: ['added'], activeSecrets: 2, totalMs: 1 },
      failure,
    },
    runbookUrl,
  )
  const level = cause === undefined ? 'INFO' : 'ERROR'
  return { ...logged, level, message: 'rotation', ...record, ...changes }
}

const refused: Fields = {
  ...logged,
  ...{ level: 'ERROR', message: 'settings refused', problems: ['clients[0]: …'], problem_count: 1 },
}

/** What the schema finds wrong with a line; nothing where it is one of its own. */
const judge = (line: Fields) => findFault(JSON.stringify(line)) ?? ''

test('the schema says of every field what it is, and is closed', () => {
  for (const [name, field] of Object.entries(recordFieldSchemas)) {
    assert.match(String(field['description']), /^[A-Z].{10,}\.$/, name)
  }
  const kinds = Object.values(toRecordSchema()['$defs'] ?? {})
  assert.equal(kinds.length, 7)
  for (const kind of kinds) assert.equal(kind.additionalProperties, false)
})

test('takes a success, every cause with all that its record may have, and what the doctor writes', () => {
  assert.equal(judge(success), '')
  assert.equal(judge({ ...success, status: 302 }), '')
  assert.notEqual(judge({ ...success, status: 301 }), '')
  assert.equal(judge({ ...success, grant_type: 'none' }), '')
  assert.notEqual(judge({ ...success, cold_start: false }), '')
  assert.notEqual(judge({ ...success, _aws: {} }), '')
  assert.notEqual(judge({ ...success, Failures: 1 }), '')
  for (const name of causeNames) assert.equal(judge(toLine(name)), '', name)
  for (const name of checkCauseNames) {
    assert.equal(judge(toCheckLine(name)), '', name)
  }
  for (const name of stepCauseNames) assert.equal(judge(toStepLine(name)), '', name)
  assert.equal(judge(toStepLine(undefined)), '')
  const well = toCheckRecords({ client: 'shop', isWell: true, checks: [] }, '')[0]
  assert.equal(judge({ ...logged, message: 'check', ...well }), '')
  assert.equal(judge(refused), '')
})

test('takes what the platform writes of an invocation that it had to end, and metrics', () => {
  const at = '2026-01-02T03:04:05.678Z 3f2b9c4e-0000-4000-8000-000000000000'
  assertLines([`${at} Task timed out after 15.00 seconds`, `${at} Runtime exited with error: x`])
  assertLines(['{"_aws":{},"Requests":1}'])
})

test('no kind of line may lack a field that it always has, or have one that it does not know', () => {
  const optional = ['grant_type', 'runbook', 'candidates']
  const facts = ['attempts', 'remaining_ms', 'upstream_', 'secret_']
  const ofMetrics = ['_aws', 'Requests', 'Successes', 'ColdStarts']
  for (const line of [success, toLine('code_rejected'), toCheckLine('unforeseen'), refused]) {
    for (const name of Object.keys(line)) {
      if (line[name] === undefined || optional.includes(name)) continue
      if (facts.some((fact) => name.startsWith(fact)) || ofMetrics.includes(name)) continue
      if (name === 'cold_start' && line === success) continue
      assert.notEqual(judge({ ...line, [name]: undefined }), '', name)
    }
    assert.match(judge({ ...line, access_token: 'x' }), /access_token/)
  }
  assert.notEqual(judge(toLine('code_rejected', { candidates: undefined })), '')
})

test('a success has no cause, and a failure has one of the list', () => {
  for (const field of ['cause', 'fault', 'certainty', 'evidence', 'fix', 'oauth_error']) {
    assert.match(judge({ ...success, [field]: toLine('waf_blocked')[field] }), RegExp(field))
  }
  assert.match(judge(toLine('waf_blocked', { cause: 'strange' })), /cause/)
})

test('a record of a cause has nothing that the catalogue has for another one', () => {
  const wrong: Fields = {
    ...{ level: 'INFO', fault: 'nobody', status: 418, oauth_error: 'invalid_scope', fix: 'Wait.' },
    ...{ certainty: 'surely', evidence: ['strange'], runbook: `${runbookUrl}/other.md` },
    candidates: ['strange'],
  }
  for (const name of causeNames) {
    for (const [field, value] of Object.entries(wrong)) {
      assert.match(judge(toLine(name, { [field]: value })), RegExp(field), name)
    }
  }
})

test('a record of a cause has no fact that its row does not allow', () => {
  for (const name of causeNames) {
    const allowed = Object.keys(toLine(name))
    const facts: readonly FactName[] = toCause(name).facts
    for (const field of Object.values(factRows).map((row) => row.field)) {
      const value = everyFact[field]
      if (allowed.includes(field)) continue
      assert.match(judge(toLine(name, { [field]: value })), RegExp(field), `${name}: ${field}`)
    }
    assert.equal(allowed.includes('attempts'), facts.includes('attempts'))
  }
})

test('a step of a rotation has a cause that it can fail by, with its own fault and fix', () => {
  const wrong: readonly Fields[] = [
    ...[{ cause: 'strange' }, { fault: 'caller' }, { fix: 'Wait.' }, { rotation_step: 'strange' }],
    ...[{ did: ['strange'] }, { active_secrets: -1 }, { secret_id: 'a' }],
  ]
  for (const changes of wrong) {
    assert.notEqual(judge(toStepLine('rotation_slot_taken', changes)), '')
  }
  assert.notEqual(judge(toStepLine(undefined, { cause: 'rotation_slot_taken' })), '')
})

test('candidates are there if, and only if, the cause is undetermined', () => {
  const candidates = ['client_not_found']
  assert.notEqual(judge(toLine('client_rejected', { certainty: 'likely' })), '')
  assert.notEqual(judge(toLine('client_not_found', { certainty: 'undetermined' })), '')
  assert.notEqual(judge(toLine('client_not_found', { candidates })), '')
  assert.equal(judge(toLine('client_rejected', { candidates })), '')
  assert.notEqual(judge(toLine('client_rejected', { candidates: [] })), '')
})

test('values stay within their bounds', () => {
  const beyond: Fields = {
    ...{ total_ms: -1, upstream_ms: 1.5, status: '200', attempts: 4, secret_age_s: 1e9 },
    ...{ client: 'No Name', request_id: 'a b', upstream_request_id: 'x'.repeat(65) },
    ...{ upstream_error: 'free text', secret_source: 'guess', grant_type: 'password' },
    ...{ cold_start: 'no', service: 'No Service', remaining_ms: 1e9, upstream_status: 1000 },
  }
  for (const [field, value] of Object.entries(beyond)) {
    assert.match(judge({ ...success, [field]: value }), RegExp(field))
  }
})

test('a check has a cause of the catalogue or of the doctor, with its own fault and fix', () => {
  for (const changes of [{ cause: 'strange' }, { fault: 'caller' }, { fix: 'Wait.' }]) {
    assert.notEqual(judge(toCheckLine('scopes_missing', changes)), '')
  }
  assert.equal(judge(toCheckLine('client_not_checked', { check: 'all' })), '')
  assert.notEqual(judge(toCheckLine('scopes_missing', { check: 'strange' })), '')
  assert.notEqual(judge({ ...refused, problems: [] }), '')
})
