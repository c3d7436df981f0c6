import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formLimits } from '../../../core/form.ts'
import { toEdgeTemplate } from '../../../infra/edge/template.ts'
import { parseStage, type Stage } from '../../../infra/stage.ts'
import { edgedFields } from '../../fixtures/infra/edged-stage.ts'
import { findPolicyFaults } from '../../fixtures/infra/template-policy.ts'
import { findDanglingReferences } from '../../fixtures/infra/template-references.ts'
import { findSchemaFaults } from '../../fixtures/infra/template-schema.ts'
import type { Json } from '../../fixtures/infra/template-tree.ts'

function toStage(fields: object): Stage {
  const parsed = parseStage({ ...edgedFields, ...fields }, 'dev')
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.stage
}
const toTemplate = (fields: object) => toEdgeTemplate(toStage({ edge: 'required', ...fields }))
const full = {
  ...{ domainBasePath: 'auth', edgeHostedZone: 'Z0123456789ABC', edgeHttp: 'redirect' },
  ...{ edgeRequestsPerFiveMinutes: 10, edgePriceClass: 'PriceClass_All' },
}
const propertiesOf = (fields: object, id: string): Readonly<Record<string, unknown>> =>
  toTemplate(fields).Resources[id]?.Properties ?? {}

for (const fields of [{}, { edge: 'optional' }, full]) {
  const template = JSON.parse(JSON.stringify(toTemplate(fields))) as Json
  const named = JSON.stringify(fields)

  test(`the edge has only what AWS knows, and refers only to what is there, by ${named}`, () => {
    assert.deepEqual(findSchemaFaults(template), [])
    assert.deepEqual(findDanglingReferences(template), [])
  })

  test(`the edge keeps what a security reviewer asks for by ${named}`, () => {
    assert.deepEqual(findPolicyFaults(template), [])
  })
}

test('the edge passes everything on but Host, caches no answer and no error, and takes no old TLS on either side', () => {
  assert.deepEqual(propertiesOf({}, 'Distribution'), {
    DistributionConfig: {
      Comment: 'token-proxy-dev-edge',
      Enabled: true,
      HttpVersion: 'http2and3',
      IPV6Enabled: true,
      PriceClass: 'PriceClass_100',
      Aliases: ['login.example.com'],
      ViewerCertificate: {
        AcmCertificateArn: edgedFields['edgeCertificate'],
        SslSupportMethod: 'sni-only',
        MinimumProtocolVersion: 'TLSv1.2_2021',
      },
      WebACLId: { 'Fn::GetAtt': ['WebAcl', 'Arn'] },
      Origins: [
        {
          Id: 'api',
          DomainName: { Ref: 'OriginHost' },
          ConnectionAttempts: 2,
          ConnectionTimeout: 5,
          CustomOriginConfig: {
            OriginProtocolPolicy: 'https-only',
            OriginSSLProtocols: ['TLSv1.2'],
            HTTPSPort: 443,
            OriginReadTimeout: 30,
            OriginKeepaliveTimeout: 60,
          },
          OriginCustomHeaders: [
            { HeaderName: 'x-token-proxy-edge-key', HeaderValue: { Ref: 'EdgeKey' } },
          ],
        },
      ],
      CustomErrorResponses: [400, 403, 404, 405, 414, 500, 501, 502, 503, 504].map((code) => ({
        ErrorCode: code,
        ErrorCachingMinTTL: 0,
      })),
      DefaultCacheBehavior: {
        TargetOriginId: 'api',
        ViewerProtocolPolicy: 'https-only',
        AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
        CachedMethods: ['GET', 'HEAD'],
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        Compress: false,
      },
    },
  })
})

test('a base path, plain http and the price class follow the stage', () => {
  const { DistributionConfig: config } = JSON.parse(
    JSON.stringify(propertiesOf(full, 'Distribution')),
  )
  assert.equal(config.Origins[0].OriginPath, '/auth')
  assert.equal(config.PriceClass, 'PriceClass_All')
  assert.equal(config.DefaultCacheBehavior.ViewerProtocolPolicy, 'redirect-to-https')
})

test('a hosted zone gets both alias records of the edge, and none is made without one', () => {
  const toRecords = (fields: object) =>
    Object.values(toTemplate(fields).Resources)
      .filter(({ Type }) => Type === 'AWS::Route53::RecordSet')
      .map(({ Properties }) => `${Properties['Name']} ${Properties['Type']}`)
  assert.deepEqual(toRecords(full), ['login.example.com A', 'login.example.com AAAA'])
  assert.deepEqual(toRecords({}), [])
})

test('too many requests of one address are answered as OAuth clients understand it, with a time to wait', () => {
  const { Rules, CustomResponseBodies, Scope } = JSON.parse(
    JSON.stringify(propertiesOf({ edgeRequestsPerFiveMinutes: 500 }, 'WebAcl')),
  )
  assert.equal(Scope, 'CLOUDFRONT')
  const [rate, reputation, size] = Rules
  assert.deepEqual(rate.Statement.RateBasedStatement, {
    ...{ Limit: 500, EvaluationWindowSec: 300, AggregateKeyType: 'IP' },
  })
  const { CustomResponse } = rate.Action.Block
  assert.equal(CustomResponse.ResponseCode, 429)
  assert.deepEqual(CustomResponse.ResponseHeaders[0], { Name: 'retry-after', Value: '60' })
  const { ContentType, Content } = CustomResponseBodies[CustomResponse.CustomResponseBodyKey]
  assert.equal(ContentType, 'APPLICATION_JSON')
  assert.equal(JSON.parse(Content).error, 'temporarily_unavailable')
  assert.deepEqual(reputation.OverrideAction, { None: {} })
  assert.equal(size.Statement.SizeConstraintStatement.Size, formLimits.bodyBytes)
  assert.equal(size.Action.Block.CustomResponse.ResponseCode, 413)
})

test('the tags of the stage are those of the edge, too', () => {
  const { Resources } = toTemplate({ tags: { team: 'sign-in' } })
  for (const id of ['Distribution', 'WebAcl']) {
    assert.deepEqual(Resources[id]?.Properties['Tags'], [{ Key: 'team', Value: 'sign-in' }], id)
  }
})

test('the key is a parameter that CloudFormation shows nobody, and stands in the header alone', () => {
  const { Parameters, Outputs, Resources } = toTemplate(full)
  assert.equal(Parameters['EdgeKey']?.['NoEcho'], true)
  assert.equal(Parameters['EdgeKey']?.['Default'], undefined)
  assert.equal(Parameters['OriginHost']?.['Default'], 'origin.example.com')
  const references = (value: unknown) => JSON.stringify(value).split('{"Ref":"EdgeKey"}').length - 1
  assert.deepEqual([references(Outputs), references(Resources)], [0, 1])
})
