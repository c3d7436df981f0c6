import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPolicyFaults } from '../../fixtures/infra/template-policy.ts'
import type { JsonObject } from '../../fixtures/infra/template-tree.ts'

const toTemplate = (Type: string, Properties: JsonObject) => ({
  Resources: { One: { Type, Properties } },
})
const toRole = (statement: JsonObject) =>
  toTemplate('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement: [statement] } }] })

/** Each rule finds the template that breaks it, so that it can fail. */
const broken: readonly (readonly [fault: RegExp, template: ReturnType<typeof toTemplate>])[] = [
  [/kept for ever/, toTemplate('AWS::Logs::LogGroup', {})],
  [/not encrypted/, toTemplate('AWS::S3::Bucket', {})],
  [/may become public/, toTemplate('AWS::S3::Bucket', { PublicAccessBlockConfiguration: {} })],
  [/access control/, toTemplate('AWS::S3::Bucket', { AccessControl: 'PublicRead' })],
  [/not encrypted/, toTemplate('AWS::DynamoDB::Table', { SSESpecification: {} })],
  [/may become public/, toTemplate('AWS::SecretsManager::ResourcePolicy', {})],
  [/answers without TLS/, toTemplate('AWS::S3::BucketPolicy', { PolicyDocument: {} })],
  [
    /must be public/,
    toTemplate('AWS::CloudFront::Distribution', {
      DistributionConfig: { Origins: [{ S3OriginConfig: {} }] },
    }),
  ],
  [/must not be part/, toTemplate('AWS::SecretsManager::Secret', {})],
  [
    /DataTraceEnabled/,
    toTemplate('AWS::ApiGatewayV2::Stage', { DefaultRouteSettings: { DataTraceEnabled: true } }),
  ],
  [
    /secret into the environment/,
    toTemplate('AWS::Lambda::Function', { Environment: { Variables: { CLIENT_SECRET: 'x' } } }),
  ],
  [
    /TLS 1\.0/,
    toTemplate('AWS::ApiGatewayV2::DomainName', {
      DomainNameConfigurations: [{ SecurityPolicy: 'TLS_1_0' }],
    }),
  ],
  ...(
    [
      [/no web ACL/, {}],
      [/may cache/, { CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' }],
      [/go on in plain/, { OriginProtocolPolicy: 'match-viewer' }],
      [/answers in plain/, { ViewerProtocolPolicy: 'allow-all' }],
      [/older than 1\.2/, { MinimumProtocolVersion: 'TLSv1.1_2016' }],
      [/queries into a log/, { Logging: { Bucket: 'logs' } }],
    ] as const
  ).map(
    ([fault, config]) =>
      [fault, toTemplate('AWS::CloudFront::Distribution', { DistributionConfig: config })] as const,
  ),
  [
    /samples of requests/,
    toTemplate('AWS::WAFv2::WebACL', { VisibilityConfig: { SampledRequestsEnabled: true } }),
  ],
  [/s3:Get on everything/, toRole({ Effect: 'Allow', Action: 's3:Get', Resource: ['*'] })],
  [/allows s3:\*/, toRole({ Effect: 'Allow', Action: ['s3:*'], Resource: 'arn:one' })],
  [/anybody/, toRole({ Effect: 'Allow', Action: 'sns:Publish', Principal: { AWS: '*' } })],
]
for (const [fault, template] of broken) {
  test(`the policy rules find ${fault} in ${JSON.stringify(template.Resources.One)}`, () => {
    assert.ok(
      findPolicyFaults(template).some((one) => fault.test(one)),
      findPolicyFaults(template).join('\n'),
    )
  })
}

test('an action for which IAM knows no resource may be allowed on everything', () => {
  const action = 'cognito-idp:DescribeUserPoolDomain'
  const statement = { Effect: 'Allow', Action: [action], Resource: ['*'] }
  assert.deepEqual(findPolicyFaults(toRole(statement)), [])
})
