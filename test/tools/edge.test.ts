// The steps of a deployment in front of a stage, by the real SDK against an account on loopback.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, type TestContext, test } from 'node:test'
import { toDeployNames } from '../../infra/deploy/names.ts'
import { parseStage } from '../../infra/stage.ts'
import { checkAccount } from '../../tools/deploy/checks.ts'
import { makeEdgeKey } from '../../tools/deploy/edge.ts'
import { finishEdge, planEdge } from '../../tools/deploy/edge-steps.ts'
import { keepStackParameters, toStackParameters } from '../../tools/deploy/parameters.ts'
import { type AccountState, openAwsAccount, toChangeXml } from '../fixtures/infra/aws-account.ts'
import { edgedFields } from '../fixtures/infra/edged-stage.ts'

const variables = {
  AWS_ACCESS_KEY_ID: 'loopback',
  AWS_SECRET_ACCESS_KEY: 'loopback',
  AWS_ENDPOINT_URL: undefined,
  DEPLOY_EDGE_KEY_DIGESTS: undefined,
}
let saved: NodeJS.ProcessEnv
beforeEach(() => {
  saved = { ...process.env }
})
afterEach(() => {
  for (const name of Object.keys(variables)) {
    if (saved[name] === undefined) delete process.env[name]
    else process.env[name] = saved[name]
  }
})

const old = 'a'.repeat(64)
const required = { edge: 'required' }
const deployedEdge = { EdgeKeyDigest: old, ApiRegion: 'eu-central-1' }

async function open(
  t: TestContext,
  state: AccountState,
  fields: object,
  allowsReplacement = false,
) {
  const account = await openAwsAccount(t, state)
  Object.assign(process.env, { ...variables, AWS_ENDPOINT_URL: account.url })
  delete process.env['DEPLOY_EDGE_KEY_DIGESTS']
  const parsed = parseStage({ ...edgedFields, ...fields }, 'dev')
  assert.ok(parsed.ok, JSON.stringify(parsed))
  const { stage } = parsed
  const names = toDeployNames('dev', stage)
  const lines: string[] = []
  const run = async () => {
    const planned = await planEdge(names)
    assert.ok(planned.ok)
    const { plan } = planned
    const say = (line: string) => lines.push(line)
    const isWell = await finishEdge({ stage, plan, allowsReplacement, say })
    return { plan, isWell, output: lines.join('\n') }
  }
  return { ...account, stage, names, run }
}

test('every key is new, of 256 random bits, shows itself to nobody, and has its SHA-256 digest', () => {
  const { key, digest } = makeEdgeKey()
  assert.match(key.reveal(), /^[\w-]{43}$/)
  assert.equal(digest, createHash('sha256').update(key.reveal()).digest('hex'))
  assert.notEqual(makeEdgeKey().digest, digest)
  assert.doesNotMatch(JSON.stringify({ key }), new RegExp(key.reveal()))
})

test('a first edge is created with its key, and the stage accepts no other', async (t) => {
  const { run, executed, calls } = await open(t, {}, required)
  const { plan, isWell, output } = await run()
  assert.ok(isWell, `${output}\n${calls.join('\n')}`)
  assert.equal(plan?.digests, plan?.edgeKey.digest)
  assert.deepEqual(executed, [
    {
      stack: 'token-proxy-dev-edge',
      parameters: {
        OriginHost: 'origin.example.com',
        EdgeKey: plan?.edgeKey.key.reveal(),
        EdgeKeyDigest: plan?.edgeKey.digest,
      },
    },
  ])
  assert.ok(!output.includes(plan?.edgeKey.key.reveal() ?? 'no key'))
})

test('the next key is accepted beside the one that is sent now, whatever the stage accepted before', async (t) => {
  for (const digests of [undefined, old, `${'b'.repeat(64)},${old}`, 'c'.repeat(64)]) {
    const state = {
      stackStatus: 'UPDATE_COMPLETE',
      edge: deployedEdge,
      ...(digests && { digests }),
    }
    const { run } = await open(t, state, required)
    const first = await run()
    assert.equal(first.plan?.digests, `${old},${first.plan?.edgeKey.digest}`)
    const second = await run()
    assert.equal(
      second.plan?.digests,
      `${first.plan?.edgeKey.digest},${second.plan?.edgeKey.digest}`,
    )
  }
})

test('an edge that cannot be changed still sends the key of before, which the next run still accepts', async (t) => {
  const state = { stackStatus: 'UPDATE_COMPLETE', edge: deployedEdge, edgeFailure: 'name taken' }
  const { run } = await open(t, state, required)
  for (const _ of [1, 2]) {
    const { plan, isWell, output } = await run()
    assert.equal(isWell, false)
    assert.match(output, /Distribution: name taken/)
    assert.match(output, /still sends the key of before, which the stage accepts/)
    assert.equal(plan?.digests, `${old},${plan?.edgeKey.digest}`)
  }
})

test('an edge that cannot be created leaves nothing, so that the next run creates it', async (t) => {
  const { run, calls } = await open(t, { edgeFailure: 'name taken' }, { edge: 'optional' })
  const { plan, isWell, output } = await run()
  assert.deepEqual([isWell, plan?.digests], [false, undefined])
  assert.match(output, /Nothing is left of it/)
  assert.ok(calls.includes('ExecuteChangeSet'))
})

test('the plan of an edge that was never carried out counts as none', async (t) => {
  const { run } = await open(t, { edgeStatus: 'REVIEW_IN_PROGRESS' }, required)
  const { plan } = await run()
  assert.equal(plan?.deployed, undefined)
})

test('a change that replaces the distribution is not executed unless the operator allows it', async (t) => {
  const state = {
    edge: deployedEdge,
    changes: toChangeXml('Modify', 'AWS::CloudFront::Distribution', 'Distribution', 'True'),
  }
  for (const allows of [false, true]) {
    const { run, executed } = await open(t, state, { edge: 'optional' }, allows)
    const { isWell, output } = await run()
    assert.match(output, /^! the distribution Distribution is replaced: lost is its address/m)
    assert.deepEqual([isWell, executed.length], allows ? [true, 1] : [false, 0])
  }
})

test('an edge that the stage no longer wants stays until the operator says that nobody calls it', async (t) => {
  const kept = await open(t, { edge: deployedEdge }, { edge: 'off' })
  const { isWell, output } = await kept.run()
  assert.ok(isWell && !kept.calls.includes('DeleteStack'))
  assert.match(output, /token-proxy-dev-edge.*\n.*--allow-replacement, which deletes it/)
  const ended = await open(t, { edge: deployedEdge }, { edge: 'off' }, true)
  assert.ok((await ended.run()).isWell)
  assert.ok(ended.calls.includes('DeleteStack'))
})

test('a stage without an edge only asks whether there is one, and a refusal of that changes nothing', async (t) => {
  for (const state of [{}, { refused: ['DescribeStacks'] }]) {
    const { run, calls } = await open(t, state, { edge: 'off' })
    assert.deepEqual(await run(), { plan: undefined, isWell: true, output: '' })
    assert.deepEqual(calls, ['DescribeStacks'])
  }
})

test('where the key that is sent now is not known, no other is planned', async (t) => {
  const { names } = await open(t, { refused: ['DescribeStacks'] }, required)
  assert.deepEqual(await planEdge(names), {
    ok: false,
    problem: 'the stack token-proxy-dev-edge could not be read (AccessDenied)',
  })
})

test('an API that serves whoever comes directly is not shut before there is an edge', async (t) => {
  const isShut = async (state: AccountState) => {
    const { stage } = await open(t, { stackStatus: 'UPDATE_COMPLETE', ...state }, required)
    const lines: string[] = []
    const isReady = await checkAccount('dev', stage, {
      say: (line) => lines.push(line),
      ignoresAlarms: false,
    })
    return isReady ? 'goes on' : lines.filter((line) => line.startsWith('- ')).join()
  }
  assert.match(await isShut({}), /^- front ends reach the API directly/)
  // There is an edge, the API is shut already, or there is no API yet.
  for (const state of [{ edge: deployedEdge }, { digests: old }, { address: '' }]) {
    assert.equal(await isShut(state), 'goes on')
  }
})

test('a template with digests gets the planned ones, or keeps those that are accepted now', async (t) => {
  const { names } = await open(t, { stackStatus: 'UPDATE_COMPLETE', digests: old }, {})
  const keyed = { Parameters: { EdgeKeyDigests: { Type: 'String' } } }
  const kept = [{ ParameterKey: 'EdgeKeyDigests', UsePreviousValue: true }]
  assert.deepEqual(toStackParameters({}), [])
  assert.deepEqual(toStackParameters(keyed), kept)
  process.env['DEPLOY_EDGE_KEY_DIGESTS'] = old
  assert.deepEqual(toStackParameters(keyed), [
    { ParameterKey: 'EdgeKeyDigests', ParameterValue: old },
  ])
  // A rollback deploys a stored template, and does not know what that one had.
  assert.deepEqual(await keepStackParameters('eu-central-1', names.stack), kept)
  const plain = await open(t, { stackStatus: 'UPDATE_COMPLETE' }, {})
  assert.deepEqual(await keepStackParameters('eu-central-1', plain.names.stack), [])
})
