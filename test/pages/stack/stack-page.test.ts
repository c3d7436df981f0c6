import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stageFields } from '../../../infra/stage-fields.ts'
import { leastFields, optionFields, toExampleStage } from '../../../pages/stack/example-stages.ts'
import { findPurposeless } from '../../../pages/stack/purposes.ts'
import { toResources } from '../../../pages/stack/reviewed-stack.ts'
import { toStackPage } from '../../../pages/stack/stack-page.ts'
import { pageAt } from '../../fixtures/pages/generated-pages.ts'

/** Fields that say how much, how long or where, and what an option of the page excludes. */
const amounts = [
  ...[
    'region',
    'replicaOf',
    'domainFailover',
    'logRetentionDays',
    'memoryMb',
    'reservedConcurrency',
  ],
  ...['doctorSchedule', 'rotationWindowHours', 'endOverlap', 'corsHeaders'],
  ...['cognitoUserAuthenticationPerSecond', 'cognitoCodeExchangesPerSecond'],
  ...['edgeRequestsPerFiveMinutes', 'edgePriceClass', 'edgeHttp'],
]
const page = toStackPage()
const most = toResources(toExampleStage({ ...leastFields, ...optionFields }))

test('every field of a stage is an option on the page for reviews, or only an amount', () => {
  const named = [...Object.keys(optionFields), ...amounts]
  assert.deepEqual(named.toSorted(), Object.keys(stageFields).toSorted())
  for (const option of Object.keys(optionFields)) assert.ok(page.includes(`\n| \`${option}\` |`))
})

test('every resource of the fullest stage has a purpose on the page', () => {
  assert.deepEqual(findPurposeless(most), [])
  assert.deepEqual(findPurposeless({ One: { Type: 'AWS::SQS::Queue', Properties: {} } }), [
    'AWS::SQS::Queue',
  ])
})

test('every action that a policy of the template has is on the page', () => {
  const actions = [...JSON.stringify(most).matchAll(/"Action":(\[[^\]]*\]|"[^"]*")/g)]
    .flatMap(([, action = '""']) => [JSON.parse(action)].flat())
    .map(String)
  assert.ok(actions.length > 30)
  for (const action of new Set(actions)) assert.ok(page.includes(`\`${action}\``), action)
})

test('every role, log group and table of the fullest stage has a row on the page', () => {
  const types = ['AWS::IAM::Role', 'AWS::Logs::LogGroup', 'AWS::DynamoDB::Table']
  const ids = Object.entries(most).filter(([, { Type }]) => types.includes(Type))
  assert.ok(ids.length > 8)
  for (const [id] of ids) assert.ok(page.includes(`\n| \`${id}\` |`), id)
})

test('each bucket keeps what it is for, and the log of the canary is not forgotten', () => {
  const [, kept = ''] = page.split('## The stage with every option')
  const rowOf = (id: string) =>
    kept.split('\n').find((line) => line.startsWith(`| \`${id}\` | a key`)) ?? assert.fail(id)
  assert.match(rowOf('SiteBucket'), /the pages of the docs \| is deleted/)
  assert.match(rowOf('CanaryRuns'), /each report of the canary for 31 days \| stays/)
  assert.match(rowOf('SmokeCanary'), /does not expire by itself \| stays/)
})

test('the guide names every role of the fullest stage, and leads to the page for what they may do', () => {
  const guide = pageAt('docs/deploy.md')
  const [, permissions = ''] = guide.split('\n## Permissions of the functions\n')
  const [table = ''] = permissions.split('\n## ')
  const roles = Object.entries(most).filter(([, { Type }]) => Type === 'AWS::IAM::Role')
  assert.ok(roles.length > 4)
  for (const [id] of roles) {
    if (id !== 'MetadataRole') assert.ok(table.includes(`\`${id}\``), id)
  }
  const rules = guide.split('\n## Rules of an organisation\n')[1] ?? ''
  for (const section of [table, rules]) {
    assert.ok(section.includes('](stack.md#the-stage-with-every-option)'))
  }
})

test('no value of a function of CloudFormation is left on the page', () => {
  assert.doesNotMatch(page, /Fn::|\$\{|\[object/)
})
