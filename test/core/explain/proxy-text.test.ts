import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import { readProxyText } from '../../../core/explain/proxy-text.ts'
import { toFailureAnswer } from '../../../core/http-answer.ts'

const record = (fields: object) =>
  JSON.stringify({ message: 'request', outcome: 'failed', ...fields })
const used = { cause: 'code_already_used', certainty: 'proved', request_id: 'one' }

test('a record is read from one line of many, and the last failure counts', () => {
  const lines = [
    '2026-01-02T03:04:05Z START',
    record({ cause: 'waf_blocked', certainty: 'likely' }),
    `2026-01-02T03:04:05Z info ${record(used)}`,
    '{"_aws":{}}',
    'no { json }',
  ].join('\n')
  assert.deepEqual(readProxyText(lines, undefined), {
    from: 'record',
    causes: ['code_already_used'],
    certainty: 'proved',
    candidates: [],
  })
})

test('a record may be printed over several lines, and be one of the doctor', () => {
  const printed = JSON.stringify(
    { check: 'scopes', cause: 'scopes_missing', certainty: 'x' },
    null,
    2,
  )
  const said = readProxyText(printed, undefined)
  assert.deepEqual([said?.causes, said?.certainty], [['scopes_missing'], undefined])
})

test('a request id picks its record, and no other one', () => {
  const lines = [record(used), record({ cause: 'waf_blocked', request_id: 'two' })].join('\n')
  assert.deepEqual(readProxyText(lines, 'one')?.causes, ['code_already_used'])
  assert.deepEqual(readProxyText(lines, 'two')?.causes, ['waf_blocked'])
  assert.equal(readProxyText(lines, 'three'), undefined)
})

test('candidates of a record must be slugs', () => {
  const candidates = ['code_expired', 7, 'Not A Slug']
  const certainty = 'undetermined'
  const said = readProxyText(record({ cause: 'code_rejected', certainty, candidates }), undefined)
  assert.deepEqual([said?.certainty, said?.candidates], [certainty, ['code_expired']])
  const likely = readProxyText(record({ cause: 'waf_blocked', certainty: 'likely' }), undefined)
  assert.equal(likely?.certainty, 'likely')
})

test('a record of another program is none', () => {
  for (const cause of ['strange', 7, undefined]) {
    assert.equal(readProxyText(record({ cause }), undefined), undefined)
  }
})

test('an answer is found by its link, or by its description', () => {
  for (const runbookUrl of ['https://docs.example.com/runbook', '']) {
    const { body } = toFailureAnswer(fail('dpop_unsupported'), undefined, 'request-1', runbookUrl)
    const said = readProxyText(body, undefined)
    assert.deepEqual([said?.from, said?.causes], ['answer', ['dpop_unsupported']])
  }
  const { body } = toFailureAnswer(fail('waf_blocked'), 'refresh_token', 'request-1', '')
  assert.ok((readProxyText(body, undefined)?.causes.length ?? 0) > 5)
  const lost = toFailureAnswer(fail('cognito_timeout'), 'authorization_code', 'request-1', '')
  assert.deepEqual(readProxyText(lost.body, undefined)?.causes, ['cognito_timeout'])
})

test('a page of something else is no answer', () => {
  assert.equal(readProxyText('https://docs.example.com/other_page.md', undefined), undefined)
  assert.equal(readProxyText('A parameter is repeated.', undefined), undefined)
})

test('a page that somebody has read proves nothing, and an answer with another error is not of it', () => {
  const page = 'https://docs.example.com/runbook/dpop_unsupported.md'
  const certaintyOf = (text: string) => readProxyText(text, undefined)?.certainty
  assert.equal(certaintyOf(`I read ${page} and it still fails.`), 'likely')
  assert.equal(certaintyOf(`{"error":"invalid_request","error_uri":"${page}"}`), undefined)
  assert.equal(readProxyText(`I read ${page}. {"error":"invalid_client"}`, undefined), undefined)
})

test('the last lines of a long log are read, within the time that somebody waits', () => {
  const odd = '{"cause":\n'.repeat(100_000)
  assert.deepEqual(readProxyText(odd + record(used), undefined)?.causes, ['code_already_used'])
  assert.deepEqual(readProxyText(`${record(used)}\n${odd}`, 'one')?.causes, ['code_already_used'])
})
