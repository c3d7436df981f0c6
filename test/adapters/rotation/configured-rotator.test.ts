import assert from 'node:assert/strict'
import { test } from 'node:test'
import middy from '@middy/core'
import {
  type ConfiguredRotator,
  crashRotation,
  openRotations,
} from '../../../adapters/rotation/configured-rotator.ts'
import type { Rotator } from '../../../adapters/rotation/rotator.ts'
import { failStep } from '../../../core/causes/rotation.ts'
import { overlapStays } from '../../../core/rotation/event.ts'
import type { RotationRun } from '../../../core/rotation/report.ts'
import { openTestShell, toSettings } from '../../fixtures/adapters/sample-shell.ts'
import { toClient } from '../../fixtures/core/sample-client.ts'

const shop = toClient()
const web = toClient({ name: 'web', clientId: 'client2', secretId: 'token-proxy/web' })
const clients = new Map([shop, web].map((client) => [client.clientId, client]))
const step = {
  Step: 'setSecret',
  SecretId: shop.secretId,
  ClientRequestToken: 'a-token-of-secrets-manager-000001',
}
const run: RotationRun = {
  ...{ client: 'shop', goal: 'set', failure: undefined, did: ['added'] },
  ...{ activeSecrets: 2, totalMs: 1 },
}

type Asked = readonly [name: string, goal: string, token: string, remainingMs: number]

/** The function over a rotator that is given by hand, with what it was asked and what was written. */
function openFunction(answer: Rotator['run'] | undefined) {
  const asked: Asked[] = []
  const written: Readonly<Record<string, unknown>>[] = []
  const { shell } = openTestShell(async () => assert.fail())
  const rotator: Rotator = {
    run: (target, goal, token, remainingMs) => {
      const name = target.is === 'client' ? target.client.name : target.secretId
      asked.push([name, goal, token, remainingMs()])
      return answer?.(target, goal, token, remainingMs) ?? assert.fail()
    },
    fill: () => assert.fail(),
    close: () => {},
  }
  const settings = { ...toSettings(), clients, cookieKeySecret: 'key' }
  const configured: ConfiguredRotator = {
    ...shell,
    open: answer && { settings, rotator },
    records: { ...shell.records, writeRotation: ({ record }) => written.push(record) },
  }
  const handler = middy().use(crashRotation(configured)).handler(openRotations(configured))
  const invoke = handler as unknown as (event: unknown, context: object) => Promise<unknown>
  return { asked, written, invoke }
}

const lambda = { getRemainingTimeInMillis: () => 7000 }

test('a step is made with the time that Lambda has left, and recorded', async () => {
  const { asked, written, invoke } = openFunction(async () => run)
  assert.equal(await invoke(step, lambda), undefined)
  assert.deepEqual(asked, [['shop', 'set', step.ClientRequestToken, 7000]])
  assert.deepEqual(
    written.map(({ rotation_result }) => rotation_result),
    ['ok'],
  )
})

test('a step that has failed fails its invocation with the cause alone', async () => {
  const failure = failStep('rotation_slot_taken', 'other_unknown')
  const { written, invoke } = openFunction(async () => ({ ...run, failure }))
  await assert.rejects(invoke(step, lambda), (thrown: Error) => {
    assert.match(thrown.message, /^rotation_slot_taken \(other_unknown\): [A-Z]/)
    assert.equal(thrown.stack, '')
    return true
  })
  assert.deepEqual(
    written.map(({ cause }) => cause),
    ['rotation_slot_taken'],
  )
})

test('a crash is recorded, and shows nothing of itself', async () => {
  const { written, invoke } = openFunction(() => Promise.reject(new Error('canary')))
  await assert.rejects(invoke(step, lambda), (thrown: Error) => {
    assert.match(thrown.message, /^unforeseen: /)
    assert.doesNotMatch(`${thrown.message}${thrown.stack}`, /canary/)
    return true
  })
  assert.deepEqual(
    written.map(({ client, cause }) => [client, cause]),
    [['unknown', 'unforeseen']],
  )
})

test('the schedule ends the overlap of every secret, even if one fails', async () => {
  const failure = failStep('rotation_throttled', 'list_client_secrets')
  const { asked, written, invoke } = openFunction(async (target) =>
    target.is === 'client' && target.client === shop ? { ...run, failure } : run,
  )
  await invoke({ source: 'aws.events' }, {})
  const forever = Number.POSITIVE_INFINITY
  assert.deepEqual(asked, [
    ['shop', 'end_overlap', '', forever],
    ['web', 'end_overlap', '', forever],
    ['key', 'end_overlap', '', forever],
  ])
  assert.deepEqual(
    written.map(({ rotation_result }) => rotation_result),
    ['failed', 'ok', 'ok'],
  )
})

test('a schedule that does not end overlaps still checks every secret for lateness', async () => {
  const { asked, invoke } = openFunction(async () => run)
  await invoke(overlapStays, {})
  assert.deepEqual(
    asked.map(([client, goal]) => [client, goal]),
    [
      ['shop', 'watch'],
      ['web', 'watch'],
      ['key', 'watch'],
    ],
  )
})

test('an event of something else, and settings that were refused, fail with their causes', async () => {
  const known = openFunction(async () => run)
  await assert.rejects(known.invoke({ ...step, SecretId: 'other' }, lambda), /secret_unknown/)
  const refused = openFunction(undefined)
  await assert.rejects(refused.invoke(step, lambda), /^StepFailed: config_invalid: /)
  assert.deepEqual(
    [...known.written, ...refused.written].map(({ cause }) => cause),
    ['rotation_event_unknown', 'config_invalid'],
  )
})
