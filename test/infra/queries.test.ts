import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, fail, toCause } from '../../core/causes/catalogue.ts'
import { checkCauseNames } from '../../core/causes/doctor.ts'
import { stepCauseNames } from '../../core/causes/rotation.ts'
import { toCheckRecords } from '../../core/doctor/report.ts'
import { toRecord } from '../../core/record.ts'
import { toRotationRecord } from '../../core/rotation/report.ts'
import { accessLogFormat } from '../../infra/access-log.ts'
import { causeQuery, checkQuery, rotationQuery, toQueries } from '../../infra/queries.ts'
import {
  allFacts,
  causeNames,
  measures,
  toFailedOutcome,
  toSuccess,
} from '../fixtures/core/sample-outcome.ts'

const link = 'https://docs.example.com/runbook'

/** The fields of records as Logs Insights finds them: a list's items by their number. */
function toFields(records: readonly object[]): ReadonlySet<string> {
  const written = records.map((record) => JSON.parse(JSON.stringify(record)))
  return new Set(
    written.flatMap((record) =>
      Object.entries(record).flatMap(([name, value]) =>
        Array.isArray(value) ? value.map((_, index) => `${name}.${index}`) : [name],
      ),
    ),
  )
}

function toFullFailure(name: CauseName) {
  const { details = {}, evidence = [] } = toCause(name)
  const [detail] = Object.keys(details)
  return toFailedOutcome({ ...fail(name), detail, evidence, facts: allFacts })
}

const requestFields = toFields([
  toRecord(toSuccess(), { ...measures, facts: allFacts }, link),
  ...causeNames.map((name) => toRecord(toFullFailure(name), measures, link)),
])

/** What each log group's lines have, from records that the code has made. */
const fieldsOf: Readonly<Record<string, ReadonlySet<string>>> = {
  Oauth2LogGroup: requestFields,
  MetadataLogGroup: requestFields,
  DoctorLogGroup: toFields(
    checkCauseNames.flatMap((cause) =>
      toCheckRecords(
        {
          client: 'shop',
          isWell: false,
          checks: [{ name: 'live_probe', status: 'failed', found: '', cause }],
        },
        link,
      ),
    ),
  ),
  RotateLogGroup: toFields(
    stepCauseNames.map((cause) => {
      const failure = { ok: false, cause, evidence: ['seen'] } as const
      const run = { client: 'shop', goal: 'set', did: [], activeSecrets: 2, totalMs: 1 } as const
      return toRotationRecord({ ...run, failure }, link)
    }),
  ),
  HttpApiLogGroup: new Set(Object.keys(JSON.parse(accessLogFormat))),
}
const insights = ['@timestamp', '@message', '@log', '@logStream']

/** What a query reads that no line has; what it names itself is its own. */
function findUnknownFields(query: string, groups: readonly string[]): readonly string[] {
  const known = new Set([...insights, ...groups.flatMap((group) => [...(fieldsOf[group] ?? [])])])
  const bare = query
    .replace(/^#.*$/gm, '')
    .replace(/'[^']*'/g, '')
    .replace(/\b(?:fields|filter|stats|sort|limit|by|as|and|or|in|asc|desc)\b/g, ' ')
    .replace(/\b(?:count|min|max|ispresent)\(/g, '(')
  const given = [...query.matchAll(/\bas (\w+)/g)].map(([, name]) => name)
  const words = bare.match(/@?[a-zA-Z]\w*(?:\.\d+)?/g) ?? []
  return words.filter((word) => !known.has(word) && !given.includes(word))
}

const saved = Object.entries(toQueries(true)).map(([id, { Type, Properties }]) => {
  const groups = Properties['LogGroupNames'] as readonly { readonly Ref: string }[]
  return {
    id,
    Type,
    name: Object(Properties['Name'])['Fn::Sub'] as string,
    groups: groups.map(({ Ref }) => Ref),
    text: String(Properties['QueryString']),
  }
})

test('saves each query in a folder that is named for the stack, over log groups of the stack', () => {
  for (const { Type, name, groups } of saved) {
    assert.equal(Type, 'AWS::Logs::QueryDefinition')
    assert.match(name, /^\$\{AWS::StackName\}\/[a-z ]+$/)
    assert.ok(groups.length > 0)
    for (const group of groups) assert.ok(Object.hasOwn(fieldsOf, group), group)
  }
  assert.equal(new Set(saved.map(({ name }) => name)).size, saved.length)
})

test('reads only fields that the lines of its log groups have', () => {
  for (const { id, text, groups } of saved) {
    assert.deepEqual(findUnknownFields(text, groups), [], id)
  }
  for (const name of causeNames) {
    assert.deepEqual(findUnknownFields(causeQuery(name), ['Oauth2LogGroup']), [], name)
  }
  for (const name of checkCauseNames) {
    assert.deepEqual(findUnknownFields(checkQuery(name), ['DoctorLogGroup']), [], name)
  }
  for (const name of stepCauseNames) {
    const query = rotationQuery(name)
    assert.deepEqual(findUnknownFields(query, ['RotateLogGroup']), [], name)
  }
  const strange =
    "fields @timestamp, token\n| filter cause = 'x'\n| stats count(*) as n by evidence.99"
  assert.deepEqual(findUnknownFields(strange, ['Oauth2LogGroup']), ['token', 'evidence.99'])
  assert.deepEqual(findUnknownFields('filter sourceIp', ['Oauth2LogGroup']), ['sourceIp'])
})

test('counts no metric line as a record, though these name causes as well', () => {
  // A record of a request has an outcome or an id, a check its result; metrics have neither.
  const ownFields = /\b(?:outcome|certainty|request_id|check_result|rotation_result)\b/
  for (const { id, text } of saved) {
    assert.match(text.split('\n').find((line) => line.includes('filter')) ?? '', ownFields, id)
  }
})

test('compares with causes of the catalogue alone', () => {
  for (const { text } of saved) {
    for (const [, list = ''] of text.matchAll(/cause (?:=|in) (\[[^\]]*\]|'[^']*')/g)) {
      for (const [, name = ''] of list.matchAll(/'([^']*)'/g)) {
        assert.ok(causeNames.includes(name as CauseName), name)
      }
    }
  }
})

test('finds the records of one cause with what such a record can say', () => {
  assert.equal(
    causeQuery('refresh_token_revoked').split('\n').slice(1).join('\n'),
    "| filter outcome = 'failed' and cause = 'refresh_token_revoked'\n| sort @timestamp desc\n| limit 50",
  )
  assert.match(
    causeQuery('code_rejected'),
    /evidence\.0, evidence\.1, evidence\.2, candidates\.0, attempts/,
  )
  assert.doesNotMatch(causeQuery('client_unknown'), /evidence|candidates|upstream/)
  assert.match(checkQuery('clock_skewed'), /check_result = 'failed' and cause = 'clock_skewed'/)
})
