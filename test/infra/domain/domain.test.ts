import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { toFrontAddress } from '../../../infra/domain/address.ts'
import { toDomainOutputs, toDomainResources } from '../../../infra/domain/domain.ts'
import { parseStage, type Stage } from '../../../infra/stage.ts'

const dev = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'stages', 'dev.json'), 'utf8'),
)
const certificate = 'arn:aws:acm:eu-central-1:123456789012:certificate/12ab-34cd'
const named = { domainName: 'login.example.com', domainCertificate: certificate }

function toStage(fields: object): Stage {
  const parsed = parseStage({ ...dev, ...fields }, 'dev')
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.stage
}

function problemsOf(fields: object): readonly string[] {
  const parsed = parseStage({ ...dev, ...fields }, 'dev')
  return parsed.ok ? [] : parsed.problems
}

test('without a domain name there is none, and no output of one', () => {
  const stage = toStage({})
  assert.deepEqual([toDomainResources(stage), toDomainOutputs(stage)], [{}, {}])
  assert.equal(toFrontAddress(stage), undefined)
})

test('a domain name is regional, takes TLS 1.2 alone, and leads to the one stage of the API', () => {
  const stage = toStage(named)
  assert.deepEqual(toDomainResources(stage), {
    CustomDomain: {
      Type: 'AWS::ApiGatewayV2::DomainName',
      Properties: {
        DomainName: 'login.example.com',
        DomainNameConfigurations: [
          { CertificateArn: certificate, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
        ],
      },
    },
    CustomDomainMapping: {
      Type: 'AWS::ApiGatewayV2::ApiMapping',
      Properties: {
        ApiId: { Ref: 'HttpApi' },
        DomainName: { Ref: 'CustomDomain' },
        Stage: { Ref: 'HttpApiStage' },
      },
    },
  })
  assert.deepEqual(Object.keys(toDomainOutputs(stage)), [
    'CustomDomainTarget',
    'CustomDomainTargetZone',
  ])
})

test('a hosted zone gets an alias record of the name, which follows its target', () => {
  const { CustomDomainRecord } = toDomainResources(
    toStage({ ...named, domainHostedZone: 'Z123ABC' }),
  )
  assert.deepEqual(CustomDomainRecord?.Properties, {
    HostedZoneId: 'Z123ABC',
    Name: 'login.example.com',
    Type: 'A',
    AliasTarget: {
      DNSName: { 'Fn::GetAtt': ['CustomDomain', 'RegionalDomainName'] },
      HostedZoneId: { 'Fn::GetAtt': ['CustomDomain', 'RegionalHostedZoneId'] },
      EvaluateTargetHealth: false,
    },
  })
})

const own = 'https://login.example.com'
const addresses: readonly [fields: object, publicUrl: string, front: string][] = [
  [named, own, own],
  [{ ...named, publicUrl: '' }, own, own],
  [{ ...named, publicUrl: own, domainBasePath: 'v1/auth' }, own, `${own}/v1/auth`],
  [{ ...named, domainBasePath: 'auth', disableExecuteApiEndpoint: true }, own, `${own}/auth`],
  // A CDN of one's own in front.
  [
    { ...named, publicUrl: 'https://a.example.com' },
    'https://a.example.com',
    'https://a.example.com',
  ],
  [{ publicUrl: 'https://a.example.com' }, 'https://a.example.com', 'https://a.example.com'],
]
for (const [fields, publicUrl, front] of addresses) {
  test(`front ends call ${front} by ${JSON.stringify(fields)}`, () => {
    const stage = toStage(fields)
    assert.equal(stage.settings.publicUrl, publicUrl)
    assert.equal(stage.environment['TOKEN_PROXY_PUBLIC_URL'], publicUrl)
    const mapping = toDomainResources(stage)['CustomDomainMapping']
    assert.equal(mapping?.Properties['ApiMappingKey'], stage.domainBasePath)
    assert.equal(toFrontAddress(stage), front)
  })
}

const publicUrlRule =
  'publicUrl must be https://login.example.com, or left out: that is where domainName answers'
const refused: readonly [fields: object, problems: readonly string[]][] = [
  [{ domainCertificate: certificate }, ['domainCertificate needs domainName']],
  [
    { domainBasePath: 'auth', domainHostedZone: 'Z1' },
    ['domainBasePath needs domainName', 'domainHostedZone needs domainName'],
  ],
  [
    { domainName: 'login.example.com' },
    ['domainName needs domainCertificate: the ARN of a certificate for it in eu-central-1'],
  ],
  [
    { ...named, domainCertificate: certificate.replace('eu-central-1', 'us-east-1') },
    ['domainCertificate must be in eu-central-1, the Region of the stack'],
  ],
  [{ ...named, publicUrl: `${own}/auth` }, [publicUrlRule]],
  [{ ...named, publicUrl: `${own}:8443` }, [publicUrlRule]],
  [{ ...named, publicUrl: 'http://login.example.com' }, [publicUrlRule]],
  [
    { ...named, publicUrl: 'https://a.example.com', domainBasePath: 'auth' },
    [
      'domainBasePath needs https://login.example.com as publicUrl, or none: it is a path of domainName',
    ],
  ],
  ...[
    'Login.example.com',
    'login',
    '*.example.com',
    'login.example.com:443',
    '10.0.0.1',
    'a_b.de',
  ].map((domainName): [object, readonly string[]] => [
    { ...named, domainName },
    ['domainName must be a host name in lower case'],
  ]),
  ...['/auth', 'auth/', 'a//b', '..', 'a b', 'clients/web', 'a/b/c/d/e/f/g/h/i'].map(
    (domainBasePath): [object, readonly string[]] => [
      { ...named, domainBasePath },
      [
        'domainBasePath must be plain path segments without a slash around them, and not begin with clients/',
      ],
    ],
  ),
]
for (const [fields, problems] of refused) {
  test(`a stage is refused with one problem for each thing that is wrong in ${JSON.stringify(fields)}`, () => {
    assert.deepEqual(problemsOf(fields), problems)
  })
}
