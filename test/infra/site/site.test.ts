import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toRunbookLink } from '../../../core/http-answer.ts'
import { toTemplate } from '../../../infra/deployment.ts'
import { toSiteOutputs, toSiteResources } from '../../../infra/site/site.ts'
import { parseStage } from '../../../infra/stage.ts'
import { substitute } from '../../../local/cloudwatch/template.ts'
import { leastClientFields } from '../../fixtures/core/sample-client.ts'
import { toStage } from '../../fixtures/infra/alarms-of-stage.ts'

type Fields = Readonly<Record<string, unknown>>
const plan = (fields: Fields) => toTemplate(toStage(fields))

const name = `\${SiteDistribution.DomainName}`
const variable = 'TOKEN_PROXY_RUNBOOK_URL'
const variablesOf = (fields: Fields, id = 'Oauth2') =>
  Object(plan(fields).Resources[`${id}LambdaFunction`]?.Properties['Environment']).Variables

test('without the option nothing of the stack is of the site', () => {
  assert.deepEqual(toSiteResources(toStage({})), {})
  assert.doesNotMatch(JSON.stringify(plan({})), /AWS::CloudFront|SiteBucket|RUNBOOK_URL/)
})

test('every function gets the address of the runbook of the own site', () => {
  for (const id of ['Oauth2', 'Metadata', 'Doctor']) {
    const { [variable]: address } = variablesOf({ site: true }, id)
    assert.deepEqual(address, { 'Fn::Sub': `https://${name}/runbook` }, id)
  }
})

test('a runbookUrl of the stage is kept beside the own site', () => {
  const runbookUrl = 'https://docs.example.com/runbook'
  assert.equal(variablesOf({ site: true, runbookUrl })[variable], runbookUrl)
  assert.doesNotMatch(JSON.stringify(plan({ site: true, runbookUrl })), /DomainName\}\/runbook/)
})

test('alarms, pages and the dashboard link to the addresses that error_uri has', () => {
  const { Resources } = plan({ site: true })
  const host = 'd111111abcdef8.cloudfront.net'
  const known = { 'AWS::StackName': 'token-proxy-dev', 'SiteDistribution.DomainName': host }
  const described = Object.entries(Resources).flatMap(([id, { Properties }]) => {
    const text = Properties['AlarmDescription']
    return text === undefined ? [] : [[id, text] as const]
  })
  assert.ok(described.length > 50)
  for (const [id, text] of described) {
    const read = String(substitute(text, known))
    assert.match(read, new RegExp(`Runbook: https://${host}/runbook/[a-z0-9_-]+\\.md$`), id)
    assert.ok(read.length <= 1024, id)
  }
  const board = JSON.stringify(Object(Resources['Dashboard'])['Properties'])
  assert.ok(board.includes(toRunbookLink(`https://${name}/runbook`, 'waf_blocked')))
})

test('the name that CloudFormation fills in is the only one in the text of an alarm', () => {
  const { Resources } = plan({ site: true })
  for (const [id, { Properties }] of Object.entries(Resources)) {
    const { AlarmDescription: text } = Object(Properties)
    if (text === undefined) continue
    assert.deepEqual(String(text['Fn::Sub']).match(/\$\{[^}]*\}/g), [name], id)
  }
})

test('the outputs say where the site is and where its files belong', () => {
  assert.deepEqual(toSiteOutputs(toStage({ site: true })), {
    SiteBucketName: { Value: { Ref: 'SiteBucket' } },
    SiteDistributionId: { Value: { Ref: 'SiteDistribution' } },
    SiteUrl: { Value: { 'Fn::Sub': `https://${name}` } },
  })
  assert.deepEqual(toSiteOutputs(toStage({})), {})
  assert.ok('SiteUrl' in plan({ site: true }).Outputs)
})

test('only the distribution may read files, and nobody may without TLS', () => {
  const { SiteBucketPolicy: policy } = toSiteResources(toStage({ site: true }))
  const { Statement } = Object(policy?.Properties['PolicyDocument'])
  const [read, plain, ...others] = Statement
  assert.deepEqual(
    [read.Action, read.Principal],
    ['s3:GetObject', { Service: 'cloudfront.amazonaws.com' }],
  )
  assert.match(JSON.stringify(read.Condition), /aws:SourceArn.*\$\{SiteDistribution\}/)
  assert.deepEqual([plain.Effect, plain.Principal, plain.Action], ['Deny', '*', 's3:*'])
  assert.deepEqual(plain.Condition, { Bool: { 'aws:SecureTransport': 'false' } })
  assert.deepEqual(others, [])
})

for (const region of ['cn-north-1', 'us-gov-west-1', 'us-iso-east-1']) {
  test(`a stage in ${region} is refused the site, because CloudFront is not there`, () => {
    const fields = { region, clients: [leastClientFields] }
    const parsed = parseStage({ ...fields, site: true })
    assert.ok(!parsed.ok)
    assert.match(parsed.problems.join(), new RegExp(`^site needs CloudFront.*${region}`))
    assert.ok(parseStage(fields).ok)
  })
}
