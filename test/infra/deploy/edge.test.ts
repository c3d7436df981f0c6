import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FoundEdge, judgeEdge, type WantedEdge } from '../../../infra/deploy/edge.ts'
import { toDeployNames } from '../../../infra/deploy/names.ts'
import { listRights } from '../../../infra/deploy/rights.ts'
import { parseStage } from '../../../infra/stage.ts'
import { edgedFields } from '../../fixtures/infra/edged-stage.ts'

const wanted: WantedEdge = {
  ...{ stack: 'token-proxy-dev-edge', mode: 'required', hostName: 'login.example.com' },
  region: 'eu-central-1',
}
const deployed = {
  ...{ status: 'UPDATE_COMPLETE', digest: 'a', region: 'eu-central-1', target: undefined },
}
const found = (edge: object | undefined, servesDirectly = false): FoundEdge => ({
  edge: { ok: true, value: edge && { ...deployed, ...edge } },
  servesDirectly,
})
const optional = { ...wanted, mode: 'optional' } as const

const well: readonly [says: string, wanted: WantedEdge, found: FoundEdge][] = [
  ['there is neither an edge nor an API', wanted, found(undefined)],
  ['there is an edge', wanted, found({})],
  [
    'there is an edge whose last change was undone',
    wanted,
    found({ status: 'UPDATE_ROLLBACK_COMPLETE' }),
  ],
  ['front ends come directly and still may', optional, found(undefined, true)],
  [
    'front ends come directly, and there is an edge to which they could move',
    wanted,
    found({}, true),
  ],
]
for (const [says, one, state] of well) {
  test(`nothing stops an edge where ${says}`, () => {
    assert.deepEqual(
      judgeEdge(one, state).filter(({ problem }) => problem),
      [],
    )
  })
}

const stops: readonly [says: RegExp, fix: RegExp, found: FoundEdge][] = [
  [/directly/, /edge: "optional" first.*https:\/\/login\.example\.com/, found(undefined, true)],
  [/in eu-west-1, and this stage is in eu-central-1/, /new name/, found({ region: 'eu-west-1' })],
  [
    /remains/,
    /delete-stack --region us-east-1 --stack-name token-proxy-dev-edge/,
    found({ status: 'ROLLBACK_COMPLETE' }),
  ],
  [
    /rolled back/,
    /continue-update-rollback --region us-east-1 --stack-name token-proxy-dev-edge/,
    found({ status: 'UPDATE_ROLLBACK_FAILED' }),
  ],
  [/right now/, /Wait/, found({ status: 'UPDATE_IN_PROGRESS' })],
  [
    /could not be read \(AccessDenied\)/,
    /DescribeStacks/,
    { edge: { ok: false, error: 'AccessDenied' }, servesDirectly: false },
  ],
]
for (const [says, fix, state] of stops) {
  test(`an edge is stopped with its fix by ${JSON.stringify(state)}`, () => {
    const [problem, ...others] = judgeEdge(wanted, state).flatMap((one) => one.problem ?? [])
    assert.match(problem?.says ?? '', says)
    assert.match(problem?.fix ?? '', fix)
    assert.deepEqual(others, [])
  })
}

test('a stage that wants an edge needs rights, and both certificates', () => {
  const caller = { account: '123456789012', partition: 'aws' }
  const toNames = (fields: object) => {
    const parsed = parseStage({ ...edgedFields, ...fields }, 'dev')
    assert.ok(parsed.ok)
    const names = toDeployNames('dev', parsed.stage)
    const rights = listRights(names, parsed.stage, caller).map(({ resource }) => resource)
    return { names, rights }
  }
  const on = toNames({ edge: 'optional', edgeHostedZone: 'Z1' })
  assert.deepEqual(
    on.names.certificates.map(({ region }) => region),
    ['eu-central-1', 'us-east-1'],
  )
  assert.deepEqual(on.names.edge, { ...optional, region: 'eu-central-1' })
  for (const resource of [
    'arn:aws:cloudformation:us-east-1:123456789012:stack/token-proxy-dev-edge/1',
    'arn:aws:cloudfront::123456789012:distribution/1',
    'arn:aws:wafv2:us-east-1:123456789012:global/webacl/token-proxy-dev-edge/1',
    'arn:aws:route53:::hostedzone/Z1',
  ]) {
    assert.ok(on.rights.includes(resource), resource)
  }
  const off = toNames({})
  assert.equal(off.names.edge, undefined)
  assert.equal(off.names.certificates.length, 1)
  assert.ok(!off.rights.some((one) => /cloudfront|wafv2|us-east-1/.test(one)))
})
