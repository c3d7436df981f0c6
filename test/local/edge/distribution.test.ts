import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findBehavior, readDistribution } from '../../../local/edge/distribution.ts'
import { defaultBehavior, toEdgeTemplate } from '../../fixtures/local/edge-template.ts'

const tokens = {
  ...defaultBehavior,
  PathPattern: '/oauth2/*',
  ViewerProtocolPolicy: { Ref: 'Protocol' },
}

test('the first behavior whose pattern matches decides, and the default one decides else', () => {
  const distribution = readDistribution(
    toEdgeTemplate({ CacheBehaviors: [tokens, { ...tokens, PathPattern: 'a?.txt' }] }),
  )
  const patternFor = (path: string) => findBehavior(distribution, path).pathPattern
  assert.deepEqual(
    ['/oauth2/token', '/oauth2/', '/oauth2', '/ab.txt', '/abc.txt', '/abXtxt'].map(patternFor),
    ['/oauth2/*', '/oauth2/*', '*', 'a?.txt', '*', '*'],
  )
  assert.equal(findBehavior(distribution, '/oauth2/token').protocolPolicy, 'redirect-to-https')
})

test('a header that only a deployment knows has no value, and one that is written has its own', () => {
  const toHeaders = (HeaderValue: unknown) =>
    readDistribution(
      toEdgeTemplate({
        Origins: [{ Id: 'api', OriginCustomHeaders: [{ HeaderName: 'X-A', HeaderValue }] }],
      }),
    ).originHeaders
  assert.deepEqual(toHeaders('b'), [{ name: 'x-a', value: 'b' }])
  for (const unknown of [{ Ref: 'EdgeKey' }, '{{resolve:secretsmanager:a:SecretString}}']) {
    assert.deepEqual(toHeaders(unknown), [{ name: 'x-a', value: undefined }])
  }
})

const refused: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
  ['is not enabled', { Enabled: false }, /not enabled/],
  [
    'caches answers',
    { DefaultCacheBehavior: { ...defaultBehavior, CachePolicyId: 'other' } },
    /CachePolicyId is other/,
  ],
  [
    'forwards other headers',
    { DefaultCacheBehavior: { ...defaultBehavior, OriginRequestPolicyId: undefined } },
    /OriginRequestPolicyId is undefined/,
  ],
  [
    'runs a function',
    { DefaultCacheBehavior: { ...defaultBehavior, FunctionAssociations: [] } },
    /FunctionAssociations cannot be evaluated here/,
  ],
  ['has two origins', { Origins: [{}, {}] }, /exactly one origin/],
  [
    'answers errors with pages',
    { CustomErrorResponses: [{ ResponsePagePath: '/' }] },
    /ResponsePagePath/,
  ],
  ['has what nobody plays', { Restrictions: {} }, /Restrictions/],
]
for (const [says, config, error] of refused) {
  test(`a distribution that ${says} is refused rather than played as another`, () => {
    assert.throws(() => readDistribution(toEdgeTemplate(config)), error)
  })
}

test('a template without a distribution is refused', () => {
  assert.throws(() => readDistribution({ Resources: {} }), /no distribution/)
})
