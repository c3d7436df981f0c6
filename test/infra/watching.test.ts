import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toAlarms, toWatching } from '../../infra/watching.ts'
import { toStage } from '../fixtures/infra/alarms-of-stage.ts'

const emails = ['ops@example.com', 'o.ps@example.com', 'OPS+night@example.com']

function countTypes(stage = toStage()): Readonly<Record<string, number>> {
  const types = Object.values(toWatching(stage)).map(({ Type }) => Type)
  const groups = Map.groupBy(types, (type) => type)
  return Object.fromEntries([...groups].map(([type, { length }]) => [type, length]))
}

test('a stage is watched by one dashboard, alarms, pages, saved queries and two topics', () => {
  const { 'AWS::Logs::QueryDefinition': queries = 0, ...types } = countTypes()
  assert.ok(queries >= 6)
  const alarms = Object.values(toAlarms(toStage()))
  const isPage = ({ Type }: { readonly Type: string }) => Type === 'AWS::CloudWatch::CompositeAlarm'
  assert.deepEqual(types, {
    'AWS::CloudWatch::Dashboard': 1,
    'AWS::CloudWatch::Alarm': alarms.filter((one) => !isPage(one)).length,
    'AWS::CloudWatch::CompositeAlarm': alarms.filter(isPage).length,
    'AWS::SNS::Topic': 2,
    'AWS::SNS::TopicPolicy': 2,
  })
})

test('only the alarms of this stack may publish to its topics', () => {
  const watching = toWatching(toStage())
  for (const id of ['AlarmNotices', 'AlarmPages']) {
    assert.deepEqual(watching[id], { Type: 'AWS::SNS::Topic', Properties: {} })
    assert.deepEqual(watching[`${id}Policy`]?.Properties, {
      Topics: [{ Ref: id }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: { Ref: id },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: {
                'aws:SourceArn': {
                  'Fn::Sub': `arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:\${AWS::StackName}-*`,
                },
              },
            },
          },
        ],
      },
    })
  }
})

const subscriptionsOf = (alarmEmails: readonly string[]) =>
  Object.entries(toWatching(toStage({ alarmEmails }))).filter(
    ([, { Type }]) => Type === 'AWS::SNS::Subscription',
  )

test('every address gets every notice and every page, each once', () => {
  const found = subscriptionsOf([...emails, 'ops@example.com']).map(
    ([, { Properties }]) => Properties,
  )
  const wanted = ['AlarmNotices', 'AlarmPages'].flatMap((topic) =>
    emails.map((Endpoint) => ({ TopicArn: { Ref: topic }, Protocol: 'email', Endpoint })),
  )
  assert.deepEqual(found, wanted)
})

test('a subscription keeps its name while other addresses come and go, and takes none of them', () => {
  const names = subscriptionsOf(emails).map(([id]) => id)
  assert.equal(new Set(names).size, emails.length * 2)
  for (const name of names) assert.match(name, /^[A-Za-z0-9]{1,255}$/)
  for (const [id] of subscriptionsOf(emails.slice(1))) assert.ok(names.includes(id), id)
})

test('two stages of one account do not look at the metrics of each other', () => {
  const [one, other] = ['one', 'other'].map((name) => JSON.stringify(toWatching(toStage({}, name))))
  assert.ok(one?.includes('token-proxy-one') && !one.includes('token-proxy-other'))
  assert.ok(other?.includes('token-proxy-other') && !other.includes('token-proxy-one'))
})
