import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import {
  CancelRotateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager'
import type { RotationEvent, RotationProgress } from '../../../../local/aws/rotation-runner.ts'
import { openWorld } from '../../../fixtures/local/aws-fixture.ts'
import { hangMs } from '../../../fixtures/patience.ts'

const SecretId = 'app/web'
const arn = 'arn:aws:lambda:eu-central-1:000000000000:function:rotate'
const steps = ['createSecret', 'setSecret', 'testSecret', 'finishSecret']
const options = { timeout: hangMs }

type Invoke = (event: RotationEvent, client: SecretsManagerClient) => Promise<boolean>

/** A stored secret and a rotation function that is handed in. */
async function open(t: TestContext, invoke: Invoke, retryDelaysMs: readonly number[] = []) {
  const events: RotationEvent[] = []
  const reports: RotationProgress[] = []
  const late: { client?: SecretsManagerClient } = {}
  const world = await openWorld(t, {
    rotation: {
      arn,
      retryDelaysMs,
      invoke: (event) => {
        events.push(event)
        return invoke(event, late.client ?? assert.fail())
      },
    },
    onRotation: (progress) => reports.push(progress),
  })
  late.client = world.client
  const first = world.secrets.put(SecretId, 'one')
  const { client } = world
  return {
    ...{ ...world, events, reports, first },
    rotate: (input: { ClientRequestToken?: string; RotateImmediately?: boolean } = {}) =>
      client.send(new RotateSecretCommand({ SecretId, ...input })),
    describe: () => client.send(new DescribeSecretCommand({ SecretId })),
    stepsSeen: () => events.map(({ Step }) => Step),
    settled: () => world.endpoints.rotations.settled(),
  }
}

/** What a rotation function does at least. */
const rotateSimply: Invoke = async ({ Step, ClientRequestToken, SecretId: id }, client) => {
  if (Step === 'createSecret') {
    const VersionStages = ['AWSPENDING']
    const value = { SecretString: `made for ${ClientRequestToken}`, VersionStages }
    await client.send(new PutSecretValueCommand({ SecretId: id, ClientRequestToken, ...value }))
  }
  if (Step === 'finishSecret') {
    const { VersionId } = await client.send(new GetSecretValueCommand({ SecretId: id }))
    await client.send(
      new UpdateSecretVersionStageCommand({
        ...{ SecretId: id, VersionStage: 'AWSCURRENT', MoveToVersionId: ClientRequestToken },
        RemoveFromVersionId: VersionId,
      }),
    )
  }
  return true
}

test(
  'the function is called for each of the four steps with the version that is made',
  options,
  async (t) => {
    const { rotate, events, describe, settled, first, stepsSeen } = await open(t, rotateSimply)
    const { VersionId = '', ARN } = await rotate()
    await settled()
    assert.deepEqual(stepsSeen(), steps)
    for (const event of events) {
      assert.deepEqual([event.ClientRequestToken, event.SecretId], [VersionId, ARN])
    }
    const described = await describe()
    assert.deepEqual(described.VersionIdsToStages, {
      [first]: ['AWSPREVIOUS'],
      [VersionId]: ['AWSPENDING', 'AWSCURRENT'],
    })
    assert.equal(described.RotationEnabled, true)
    assert.ok(described.LastRotatedDate instanceof Date)
    const { VersionId: next } = await rotate()
    await settled()
    assert.notEqual(next, VersionId)
  },
)

test('before its first step the version has its label and no value', options, async (t) => {
  const { rotate, settled, describe, reports } = await open(t, async (event, client) => {
    const { SecretId: id, ClientRequestToken: VersionId } = event
    const { VersionIdsToStages } = await client.send(new DescribeSecretCommand({ SecretId: id }))
    assert.deepEqual(VersionIdsToStages?.[VersionId], ['AWSPENDING'])
    await assert.rejects(
      client.send(
        new GetSecretValueCommand({ SecretId: id, VersionId, VersionStage: 'AWSPENDING' }),
      ),
      { name: 'ResourceNotFoundException' },
    )
    return false
  })
  await rotate()
  await settled()
  assert.equal(reports.at(-1)?.state, 'failed')
  assert.equal((await describe()).LastRotatedDate, undefined)
})

test(
  'after a failed step the whole begins again with the same version, until it gives up',
  options,
  async (t) => {
    let failures = 2
    const { rotate, settled, events, stepsSeen, reports } = await open(
      t,
      async (event, client) => {
        if (event.Step !== 'testSecret' || failures === 0) return rotateSimply(event, client)
        failures -= 1
        return false
      },
      [1, 1],
    )
    await rotate()
    await settled()
    const upToTest = steps.slice(0, 3)
    assert.deepEqual(stepsSeen(), [...upToTest, ...upToTest, ...steps])
    assert.equal(new Set(events.map((event) => event.ClientRequestToken)).size, 1)
    const { state, attempt, failedSteps } = reports.at(-1) ?? assert.fail()
    assert.deepEqual([state, attempt, failedSteps], ['done', 3, ['testSecret', 'testSecret']])
  },
)

test(
  'a rotation that is not complete blocks the next one, and is tried again itself',
  options,
  async (t) => {
    let isBroken = true
    const { rotate, settled, reports } = await open(t, async (event, client) =>
      isBroken && event.Step === 'setSecret' ? false : rotateSimply(event, client),
    )
    const { VersionId } = await rotate()
    await settled()
    assert.equal(reports.at(-1)?.state, 'failed')
    isBroken = false
    await assert.rejects(rotate(), {
      name: 'InvalidRequestException',
      message: /previous rotation isn't complete/,
    })
    await settled()
    assert.deepEqual([reports.at(-1)?.state, reports.at(-1)?.versionId], ['done', VersionId])
  },
)

test(
  'a repeated call with the same token continues a rotation, and after its completion does nothing',
  options,
  async (t) => {
    const { rotate, settled, stepsSeen } = await open(t, rotateSimply)
    const ClientRequestToken = randomUUID()
    for (let at = 0; at < 2; at += 1) {
      assert.equal((await rotate({ ClientRequestToken })).VersionId, ClientRequestToken)
      await settled()
    }
    assert.deepEqual(stepsSeen(), steps)
  },
)

test('a cancelled rotation ends after its step and leaves its label', options, async (t) => {
  const { promise: reached, resolve } = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const { rotate, settled, describe, client, stepsSeen, reports } = await open(
    t,
    async (...args) => {
      resolve()
      await released
      return rotateSimply(...args)
    },
  )
  const { VersionId = '' } = await rotate()
  await reached
  const cancelled = await client.send(new CancelRotateSecretCommand({ SecretId }))
  assert.equal(cancelled.VersionId, VersionId)
  release()
  await settled()
  assert.deepEqual([stepsSeen(), reports.at(-1)?.state], [['createSecret'], 'cancelled'])
  const { RotationEnabled, VersionIdsToStages } = await describe()
  assert.deepEqual([RotationEnabled, VersionIdsToStages?.[VersionId]], [false, ['AWSPENDING']])
})

test(
  'rotation that need not begin at once is tested with a version that is removed again',
  options,
  async (t) => {
    const { rotate, settled, describe, stepsSeen, first } = await open(t, rotateSimply)
    await rotate({ RotateImmediately: false })
    await settled()
    assert.deepEqual(stepsSeen(), ['testSecret'])
    assert.deepEqual((await describe()).VersionIdsToStages, { [first]: ['AWSCURRENT'] })
  },
)

test('the next rotation is planned by the days of the rules', options, async (t) => {
  const { client, settled, describe } = await open(t, rotateSimply)
  const RotationRules = { AutomaticallyAfterDays: 30 }
  await client.send(new RotateSecretCommand({ SecretId, RotationRules, RotationLambdaARN: arn }))
  await settled()
  const described = await describe()
  assert.deepEqual(described.RotationRules, RotationRules)
  const days = ((described.NextRotationDate?.getTime() ?? 0) - Date.now()) / 86_400_000
  assert.ok(days > 29 && days <= 30, `${days} days`)
})

test(
  'a secret without a rotation function cannot rotate, nor one with a function that is not there',
  options,
  async (t) => {
    const { client, secrets } = await openWorld(t)
    secrets.put(SecretId, 'one')
    for (const command of [
      new RotateSecretCommand({ SecretId }),
      new CancelRotateSecretCommand({ SecretId }),
    ]) {
      const sent =
        command instanceof RotateSecretCommand ? client.send(command) : client.send(command)
      await assert.rejects(sent, { name: 'InvalidRequestException' })
    }
    const { client: other } = await open(t, rotateSimply)
    await assert.rejects(
      other.send(new RotateSecretCommand({ SecretId, RotationLambdaARN: `${arn}-other` })),
      { name: 'AccessDeniedException' },
    )
  },
)
