import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toStage } from '../../fixtures/infra/alarms-of-stage.ts'
import { readEmitted } from '../../fixtures/infra/emitted.ts'
import { findUnknownNames } from '../../fixtures/infra/template-names.ts'
import {
  findDanglingReferences,
  findEnforcedDependencies,
} from '../../fixtures/infra/template-references.ts'
import { findSchemaFaults } from '../../fixtures/infra/template-schema.ts'
import type { Json, JsonObject } from '../../fixtures/infra/template-tree.ts'

const stage = toStage()
const emitted = readEmitted(stage)
const { service } = stage.settings

/** What `Fn::Sub` fills in. */
function toSub(name: string): string {
  return `\${${name}}`
}

const rejections = {
  Namespace: 'TokenProxy',
  MetricName: 'Failures',
  Dimensions: [
    { Name: 'service', Value: service },
    { Name: 'cause', Value: 'waf_blocked' },
  ],
}
const limits = { EvaluationPeriods: 3, Threshold: 5, ComparisonOperator: 'GreaterThanThreshold' }
const plainAlarm = { ...rejections, ...limits, Statistic: 'Sum', Period: 60, Unit: 'Count' }
const shareAlarm = {
  ...limits,
  Metrics: [
    { Id: 'share', Expression: '100 * waf / FILL(waf, 1)', Label: 'share', ReturnData: true },
    { Id: 'waf', MetricStat: { Metric: rejections, Stat: 'Sum', Period: 60 }, ReturnData: false },
  ],
}
const rows = [
  ['TokenProxy', 'ProxyLatency', 'service', service, { stat: 'p99', id: 'slow' }],
  ['...', { stat: 'p50' }],
  ['.', 'SecretAge', '.', '.', { stat: 'Maximum' }],
  [{ expression: 'slow * 2', id: 'twice' }],
  ['AWS/Lambda', 'Errors', 'FunctionName', toSub('Function')],
]
const query = "filter outcome = 'failed'\n| stats count(*) as n by cause, evidence.0\n| sort n desc"

/** A template in which all is well. */
const parts = {
  Topic: { Type: 'AWS::SNS::Topic', Properties: { FifoTopic: false } },
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/proxy-oauth2' } },
  Function: {
    Type: 'AWS::Lambda::Function',
    DependsOn: ['Logs'],
    Properties: { Code: { ZipFile: '' }, Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
  },
  Plain: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { ...plainAlarm, AlarmActions: [{ Ref: 'Topic' }] },
  },
  Share: { Type: 'AWS::CloudWatch::Alarm', Properties: shareAlarm },
  Board: {
    Type: 'AWS::CloudWatch::Dashboard',
    Properties: { DashboardBody: toBody(rows, `SOURCE '${toSub('Logs')}' | ${query}`) },
  },
  Query: {
    Type: 'AWS::Logs::QueryDefinition',
    Properties: { Name: 'failures', QueryString: query, LogGroupNames: [{ Ref: 'Logs' }] },
  },
}

function toBody(metrics: Json, query: string): JsonObject {
  const widgets = [{ properties: { metrics } }, { properties: { query } }]
  return { 'Fn::Sub': JSON.stringify({ widgets }) }
}

/** The template with some properties of one part changed; undefined leaves one out. */
function change(id: keyof typeof parts, changes: Readonly<Record<string, Json | undefined>>): Json {
  const { Properties: properties, ...rest } = parts[id]
  const changed = Object.entries({ ...properties, ...changes }).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined,
  )
  const part: JsonObject = { ...rest, Properties: Object.fromEntries(changed) }
  return { Resources: { ...parts, [id]: part } }
}

const findAll = (template: Json) => [
  ...findSchemaFaults(template),
  ...findDanglingReferences(template),
  ...findEnforcedDependencies(template),
  ...findUnknownNames(template, emitted),
]

test('a template in which all is well has no fault', () => {
  assert.deepEqual(findAll({ Resources: parts }), [])
})

const withMetric = (changes: JsonObject): Json =>
  change('Share', {
    Metrics: [
      {
        ...{ Id: 'waf', ReturnData: true },
        MetricStat: { Metric: { ...rejections, ...changes }, Stat: 'Sum', Period: 60 },
      },
    ],
  })
const withRow = (...row: Json[]): Json => change('Board', { DashboardBody: toBody([row], query) })
const withQuery = (text: string): Json => change('Query', { QueryString: text })

const planted: Readonly<Record<string, readonly [template: Json, fault: RegExp]>> = {
  'a type that there is not': [
    { Resources: { Odd: { Type: 'AWS::SNS::Topik' } } },
    /^Odd: AWS knows no type AWS::SNS::Topik$/,
  ],
  'a key that no resource has': [
    { Resources: { Odd: { Type: 'AWS::SNS::Topic', Depends: 'Odd' } } },
    /^Odd: a resource has no Depends$/,
  ],
  'a dependency that a reference enforces': [
    { Resources: { ...parts, Function: { ...parts.Function, DependsOn: ['Logs', 'Role'] } } },
    /^Function refers to Role, and need not depend on it$/,
  ],
  'a dependency that a text enforces': [
    { Resources: { ...parts, Board: { ...parts.Board, DependsOn: 'Logs' } } },
    /^Board refers to Logs, and need not depend on it$/,
  ],
  'an unknown property': [change('Topic', { Colour: 'red' }), /^Topic\.Colour is not known$/],
  'an unknown nested property': [
    change('Plain', { Dimensions: [{ Name: 'service', Value: service, Kind: 'x' }] }),
    /^Plain\.Dimensions\[0\]\.Kind is not known$/,
  ],
  'a required property left out': [
    change('Query', { Name: undefined }),
    /^Query\.Name is required$/,
  ],
  'a required nested property left out': [
    change('Share', { Metrics: [{ Expression: '1' }] }),
    /^Share\.Metrics\[0\]\.Id is required$/,
  ],
  'a number in words': [change('Plain', { Threshold: '5' }), /^Plain\.Threshold must be a number$/],
  'a part of a whole number': [change('Plain', { Period: 1.5 }), /must be a whole number$/],
  'a yes in words': [change('Topic', { FifoTopic: 'no' }), /must be true or false$/],
  'a text that is none': [change('Query', { Name: 7 }), /^Query\.Name must be a text$/],
  'one where a list belongs': [change('Plain', { AlarmActions: 'me' }), /must be a list$/],
  'a reference where a number belongs': [
    change('Plain', { Threshold: { Ref: 'Topic' } }),
    /^Plain\.Threshold is of type number, and Ref gives no such value$/,
  ],
  'a word that is not among the allowed': [
    change('Query', { QueryLanguage: 'XQL' }),
    /must be one of CWLI, SQL, PPL$/,
  ],
  'a Ref to nothing': [change('Plain', { AlarmActions: [{ Ref: 'Topics' }] }), /Ref to Topics,/],
  'a Sub of nothing': [
    change('Topic', { DisplayName: { 'Fn::Sub': `of ${toSub('Nobody')}` } }),
    /Ref to Nobody,/,
  ],
  'an attribute that there is not': [
    change('Function', { Role: { 'Fn::GetAtt': ['Role', 'Name'] } }),
    /Role has no attribute Name$/,
  ],
  'a Sub of such an attribute': [
    change('Topic', { DisplayName: { 'Fn::Sub': toSub('Role.Name') } }),
    /Role has no attribute Name$/,
  ],
  'a need of nothing': [
    { Resources: { ...parts, Topic: { ...parts.Topic, DependsOn: 'Nobody' } } },
    /^Topic depends on Nobody,/,
  ],
  'a metric that nobody emits': [withMetric({ MetricName: 'Failure' }), /nothing emits/],
  'a namespace that nobody emits': [withMetric({ Namespace: 'Proxy' }), /nothing emits Proxy/],
  'a dimension too many': [
    withMetric({ Dimensions: [...rejections.Dimensions, { Name: 'client', Value: 'web' }] }),
    /nothing emits/,
  ],
  'a value that the dimension never has': [
    withMetric({ Dimensions: [{ Name: 'service', Value: 'other' }] }),
    /nothing emits/,
  ],
  'another unit': [change('Plain', { Unit: 'Seconds' }), /emitted in Count and not in Seconds$/],
  'another statistic': [change('Plain', { Statistic: 'Total' }), /no statistic Total$/],
  'an id that nothing has': [
    change('Share', { Metrics: [{ Id: 'share', Expression: 'waf * 2', ReturnData: true }] }),
    /no metric has the id waf$/,
  ],
  "a widget's metric that nobody emits": [
    withRow('TokenProxy', 'Latency', 'service', service),
    /widgets\[0\]: nothing emits TokenProxy Latency/,
  ],
  'a metric that AWS has not': [
    withRow('AWS/Lambda', 'Failures', 'FunctionName', toSub('Function')),
    /nothing emits AWS\/Lambda Failures/,
  ],
  'a dimension that names a part of another type': [
    withRow('AWS/Lambda', 'Errors', 'FunctionName', toSub('Topic')),
    /FunctionName names no AWS::Lambda::Function/,
  ],
  'a field that no record has': [withQuery('stats count(*) by reason'), /has the field reason$/],
  'a field of a metric filter that no record has': [
    {
      Resources: {
        ...parts,
        Filter: {
          Type: 'AWS::Logs::MetricFilter',
          Properties: {
            ...{ LogGroupName: { Ref: 'Logs' }, FilterPattern: '{ $.reason = "lost" }' },
            MetricTransformations: [],
          },
        },
      },
    },
    /has the field reason$/,
  ],
  'a text that a field never has': [
    withQuery("filter outcome in ['failed', 'lost']"),
    /outcome is never 'lost'$/,
  ],
  'a log group that there is not': [
    change('Query', { LogGroupNames: ['/aws/lambda/other-oauth2'] }),
    /there is no log group \/aws\/lambda\/other-oauth2$/,
  ],
  'a query of no log group': [
    change('Query', { LogGroupNames: [] }),
    /^Resources\.Query\.Properties: the query names no log group$/,
  ],
}

for (const [what, [template, fault]] of Object.entries(planted)) {
  test(`${what} is found, in one sentence`, () => {
    assert.ok(
      findAll(template).some((sentence) => fault.test(sentence)),
      JSON.stringify(findAll(template)),
    )
  })
}
