import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toTemplate } from '../../../infra/deployment.ts'
import { toFrontAddress } from '../../../infra/domain/address.ts'
import { chooseDigests } from '../../../infra/edge/digests.ts'
import { parseStage, type Stage } from '../../../infra/stage.ts'
import { edgedFields } from '../../fixtures/infra/edged-stage.ts'

function toStage(fields: object): Stage {
  const parsed = parseStage({ ...edgedFields, ...fields }, 'dev')
  assert.ok(parsed.ok, JSON.stringify(parsed))
  return parsed.stage
}

function problemsOf(fields: object): readonly string[] {
  const parsed = parseStage({ ...edgedFields, ...fields }, 'dev')
  return parsed.ok ? [] : parsed.problems
}

const direct = 'https://origin.example.com'
const edge = 'https://login.example.com'
const addresses: readonly [fields: object, publicUrl: string, front: string][] = [
  [{}, direct, direct],
  [{ edge: 'optional' }, direct, direct],
  [{ edge: 'optional', domainBasePath: 'auth' }, direct, `${direct}/auth`],
  [{ edge: 'optional', domainBasePath: 'auth', publicUrl: edge }, edge, edge],
  [{ edge: 'required' }, edge, edge],
  // CloudFront puts the base path before every path itself.
  [{ edge: 'required', domainBasePath: 'auth', publicUrl: edge }, edge, edge],
]
for (const [fields, publicUrl, front] of addresses) {
  test(`front ends call ${front} by ${JSON.stringify(fields)}`, () => {
    const stage = toStage(fields)
    assert.equal(stage.settings.publicUrl, publicUrl)
    assert.equal(toFrontAddress(stage), front)
  })
}

const required = { edge: 'required' }
const refused: readonly [fields: object, problems: readonly string[]][] = [
  [{ edge: true }, ['edge must be "off", "optional" or "required"']],
  [
    { ...required, domainName: undefined, domainCertificate: undefined },
    ['edge needs domainName: CloudFront reaches the API by it'],
  ],
  [
    { edge: 'optional', edgeDomainName: undefined, edgeCertificate: undefined },
    ['edge needs edgeDomainName: front ends call it', 'edge needs edgeCertificate, in us-east-1'],
  ],
  [
    { ...required, edgeDomainName: 'origin.example.com' },
    ['edgeDomainName must differ from domainName, by which CloudFront reaches the API'],
  ],
  [
    { ...required, edgeCertificate: edgedFields['domainCertificate'] },
    ['edgeCertificate must be in us-east-1'],
  ],
  [
    { ...required, disableExecuteApiEndpoint: false },
    [
      'edge: "required" needs disableExecuteApiEndpoint: true, so that nothing else leads to the API',
    ],
  ],
  [
    { ...required, publicUrl: direct },
    [`publicUrl must be ${edge}, or left out: front ends must call edgeDomainName`],
  ],
  [
    { edgeRequestsPerFiveMinutes: 9 },
    ['edgeRequestsPerFiveMinutes must be a whole number from 10 to 1000000'],
  ],
  [{ edgeHttp: 'allow' }, ['edgeHttp must be "refuse" or "redirect"']],
]
for (const [fields, problems] of refused) {
  test(`a stage is refused with one problem for each thing that is wrong in ${JSON.stringify(fields)}`, () => {
    assert.deepEqual(problemsOf(fields), problems)
  })
}

test('a Region without CloudFront has no edge', () => {
  const domainCertificate = 'arn:aws-cn:acm:cn-north-1:123456789012:certificate/1'
  assert.deepEqual(problemsOf({ ...required, region: 'cn-north-1', domainCertificate }), [
    'edge cannot be used: cn-north-1 has no CloudFront',
  ])
})

test('what belongs to an edge may stay in the stage file while it is off', () => {
  assert.deepEqual(problemsOf({ edge: 'off' }), [])
})

test('only functions with routes and the doctor get the digests, and only where they are compared', () => {
  const toKeyed = (fields: object) => {
    const { Parameters = {}, Resources } = toTemplate(toStage(fields))
    const keyed = Object.entries(Resources)
      .filter(([, one]) =>
        JSON.stringify(one).includes('"TOKEN_PROXY_EDGE_KEY_DIGESTS":{"Ref":"EdgeKeyDigests"}'),
      )
      .map(([id]) => id)
    return { keyed, parameters: Object.keys(Parameters) }
  }
  assert.deepEqual(toKeyed(required), {
    keyed: ['Oauth2LambdaFunction', 'MetadataLambdaFunction', 'DoctorLambdaFunction'],
    parameters: ['EdgeKeyDigests'],
  })
  for (const mode of ['off', 'optional']) {
    assert.deepEqual(toKeyed({ edge: mode }), { keyed: [], parameters: [] })
  }
})

test('room for variables is kept for both digests', () => {
  const [client] = edgedFields['clients'] as readonly object[]
  const toFields = (count: number, mode: string) => {
    const redirectUris = Array.from({ length: count }, (_, index) => `com.example.app:/${index}`)
    return { edge: mode, clients: [{ ...client, redirectUris }], publicUrl: edge }
  }
  let most = 1
  while (problemsOf(toFields(most + 1, 'optional')).length === 0) most += 1
  assert.match(problemsOf(toFields(most, 'required')).join(), /^the settings are \d+ bytes/)
})

test('the key that is sent now stays accepted beside the next, and no earlier one does', () => {
  assert.equal(chooseDigests(undefined, 'b'), 'b')
  assert.equal(chooseDigests('a', 'b'), 'a,b')
})
