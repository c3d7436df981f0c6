import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type StackChange, summarizeChanges } from '../../../infra/deploy/changes.ts'

const api = 'AWS::ApiGatewayV2::Api'
const table = 'AWS::DynamoDB::Table'
const alarm = 'AWS::CloudWatch::Alarm'
const change = (
  action: string,
  type: string,
  more: Omit<Partial<StackChange>, 'action' | 'type'> = {},
): StackChange => ({ action, type, logicalId: 'One', ...more })

test('changes are counted by what happens and by kind, the most first', () => {
  const { lines, losses } = summarizeChanges([
    ...[change('Add', alarm), change('Add', alarm), change('Import', 'AWS::IAM::Role')],
    ...[change('Modify', 'AWS::Lambda::Function', { replacement: 'False' })],
    ...[change('Remove', alarm), change('Modify', alarm, { replacement: 'True' })],
    ...[change('Add', 'AWS::New::Kind'), change('Modify', 'AWS::IAM::Role')],
  ])
  assert.deepEqual(lines, [
    'created: 2 alarms, 1 role, 1 AWS::New::Kind',
    'changed: 1 role, 1 function',
    'replaced: 1 alarm',
    'deleted: 1 alarm',
  ])
  assert.deepEqual(losses, [])
})

test('a change set without changes says so', () => {
  assert.deepEqual(summarizeChanges([]), { lines: ['nothing changes'], losses: [] })
})

const fates: readonly [StackChange, fate: string, loses: boolean][] = [
  [change('Add', table), 'created', false],
  [change('Modify', table, { replacement: 'False' }), 'changed', false],
  [change('Modify', table), 'changed', false],
  [change('Modify', table, { replacement: 'True' }), 'replaced', true],
  [change('Modify', table, { replacement: 'Conditional' }), 'perhaps replaced', true],
  [change('Remove', table), 'deleted', true],
  [change('Dynamic', table), 'deleted', true],
  [change('Remove', table, { policyAction: 'Delete' }), 'deleted', true],
  [change('Remove', table, { policyAction: 'Retain' }), 'left behind', false],
  [change('Modify', table, { replacement: 'True', policyAction: 'Retain' }), 'left behind', false],
]
for (const [one, fate, loses] of fates) {
  test(`a table is ${fate} by ${JSON.stringify(one)}`, () => {
    const { lines, losses } = summarizeChanges([one])
    assert.deepEqual(lines, [`${fate}: 1 table`])
    assert.equal(losses.length, loses ? 1 : 0)
  })
}

test('each stateful resource type says what is lost with it', () => {
  const kinds = [
    api,
    'AWS::ApiGatewayV2::DomainName',
    table,
    'AWS::Logs::LogGroup',
    'AWS::S3::Bucket',
    'AWS::SNS::Topic',
    'AWS::CloudFront::Distribution',
  ]
  const { losses } = summarizeChanges(kinds.map((kind) => change('Remove', kind)))
  assert.equal(losses.length, kinds.length)
  assert.equal(
    losses[0],
    'the HTTP API One is deleted: lost is its address, which every front end calls',
  )
})

test('the bucket of the site is no loss, because its files are built again', () => {
  const own = change('Remove', 'AWS::S3::Bucket', { logicalId: 'SiteBucket' })
  assert.deepEqual(summarizeChanges([own]).losses, [])
})
