// What can go wrong with a rotation: each has its cause, and callers go on where that is possible.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import type { StepCauseName } from '../../../core/causes/rotation.ts'
import { awsError } from '../../../local/aws/protocol.ts'
import { addVersion, findByStage } from '../../../local/aws/secrets/versions.ts'
import { judgeInTime } from '../../fixtures/conformance/in-time.ts'
import { pickRecords, webClient } from '../../fixtures/conformance/proxy.ts'
import { openRotatingWorld, toText } from '../../fixtures/conformance/rotating-world.ts'
import { hangMs } from '../../fixtures/patience.ts'

type World = Awaited<ReturnType<typeof openRotatingWorld>>

interface Drill {
  readonly says: string
  readonly spoil: (world: World) => void
  readonly cause: StepCauseName
  readonly evidence: string
  /** Undoes it; absent where a rotation alone cannot go on. */
  readonly repair?: (world: World) => void
  /** No exchange can work while it lasts. */
  readonly failsExchanges?: true
}

const cognito = 'AWSCognitoIdentityProviderService'
const manager = 'secretsmanager'
const options = { timeout: hangMs }
const byHand = 'made0by0hand0in0the0console'

/** Answers one operation with an error of this name, as it is documented. */
function refusal(
  service: string,
  operation: string,
  type: string,
  [cause, evidence]: readonly [StepCauseName, string],
): Drill {
  const target = `${service}.${operation}`
  const { error } = awsError(type, 'refused', type.startsWith('Internal') ? 500 : 400) as {
    error: Parameters<World['aws']['refuse']>[1]
  }
  return {
    says: `${operation} answers ${type}`,
    spoil: ({ aws }) => aws.refuse(target, error),
    repair: ({ aws }) => aws.refuse(target),
    ...{ cause, evidence },
  }
}

const add = 'AddUserPoolClientSecret'
const refusals: readonly Drill[] = [
  refusal(cognito, add, 'AccessDeniedException', ['rotation_access_denied', 'add_client_secret']),
  refusal(cognito, add, 'InternalServerException', ['rotation_unanswered', 'add_client_secret']),
  refusal(cognito, add, 'InvalidParameterException', ['rotation_add_refused', 'invalid_parameter']),
  refusal(cognito, add, 'LimitExceededException', ['rotation_add_refused', 'limit_exceeded']),
  refusal(cognito, add, 'ResourceNotFoundException', ['client_not_found', 'client_absent']),
  refusal(cognito, add, 'TooManyRequestsException', ['rotation_throttled', 'add_client_secret']),
  refusal(cognito, 'ListUserPoolClientSecrets', 'AccessDeniedException', [
    ...(['rotation_access_denied', 'list_client_secrets'] as const),
  ]),
  refusal(manager, 'DescribeSecret', 'ThrottlingException', [
    ...(['rotation_throttled', 'describe_secret'] as const),
  ]),
  refusal(manager, 'DescribeSecret', 'InternalServiceError', [
    ...(['rotation_unanswered', 'describe_secret'] as const),
  ]),
  refusal(manager, 'PutSecretValue', 'AccessDeniedException', [
    ...(['rotation_access_denied', 'put_secret_value'] as const),
  ]),
  refusal(manager, 'UpdateSecretVersionStage', 'AccessDeniedException', [
    ...(['rotation_access_denied', 'update_secret_version_stage'] as const),
  ]),
]

/** A secret at Cognito that somebody made a while ago. */
const foreign = (value: string) => {
  const createdAtSeconds = Math.floor(Date.now() / 1000) - 86_400
  return { id: `${webClient.clientId}--${createdAtSeconds}`, value, createdAtSeconds }
}

const states: readonly Drill[] = [
  {
    says: 'the app client was registered dynamically',
    spoil: ({ client }) => {
      client.clientType = 'DCR'
    },
    repair: ({ client }) => {
      client.clientType = 'REGULAR'
    },
    ...{ cause: 'rotation_add_refused', evidence: 'registered_dynamically' },
  },
  {
    says: 'somebody has a second secret in use',
    spoil: ({ client }) => {
      client.secrets = [...client.secrets, foreign(byHand)]
    },
    repair: ({ client }) => {
      client.secrets = client.secrets.slice(0, 1)
    },
    ...{ cause: 'rotation_slot_taken', evidence: 'other_unknown' },
  },
  {
    says: 'both secrets were replaced in the console',
    spoil: ({ client }) => {
      client.describedSecret = ''
      client.secrets = [foreign(byHand), { ...foreign(`${byHand}2`), id: 'another' }]
    },
    repair: ({ client }) => {
      client.secrets = client.secrets.slice(0, 1)
    },
    ...{ cause: 'rotation_current_rejected', evidence: '', failsExchanges: true },
  },
  {
    says: 'the pending version is malformed',
    spoil: ({ secrets }) => {
      const stored = secrets.secrets.get(webClient.secretId) ?? assert.fail()
      addVersion(stored, randomUUID(), '{"client_secret": 5}', ['AWSPENDING'])
    },
    ...{ cause: 'rotation_pending_malformed', evidence: '' },
  },
]

for (const drill of [...refusals, ...states]) {
  test(`${drill.says}: ${drill.cause}`, options, (t) => runDrill(t, drill))
}

async function runDrill(t: TestContext, drill: Drill): Promise<void> {
  const world = await openRotatingWorld(t)
  const before = world.currentText()
  drill.spoil(world)
  assert.equal(await world.rotate(), 'failed')
  const record = world.steps().at(-1)
  assert.equal(record?.['cause'], drill.cause)
  assert.equal(String(record?.['evidence']), drill.evidence)
  assert.equal(world.currentText(), before)
  const { status } = await world.exchange()
  assert.equal(status, drill.failsExchanges ? 502 : 200)
  if (drill.repair) {
    drill.repair(world)
    assert.equal(await world.rotate(), 'done')
    world.setForward(2000)
    assert.equal((await world.exchange()).status, 200)
    assert.notEqual(world.currentText(), before)
  }
  assert.deepEqual(world.findValues(), [])
}

test(
  'an AWSCURRENT that was overwritten by hand is filled with what Cognito describes',
  options,
  async (t) => {
    const { secrets, client, ...world } = await openRotatingWorld(t)
    secrets.put(webClient.secretId, toText('overwritten0by0hand0somehow'))
    assert.equal(await world.rotate(), 'done')
    assert.equal((await world.exchange()).status, 200)
    assert.equal(client.secrets.length, 1)
    assert.deepEqual(
      world.steps().map(({ did }) => String(did)),
      ['stored_described', '', '', 'promoted'],
    )
  },
)

test(
  'a secret that was replaced in the console is named by the dates and left, and another is made current beside it',
  options,
  async (t) => {
    const { client, secrets, ...world } = await openRotatingWorld(t)
    const current = findByStage(secrets.make(webClient.secretId), 'AWSCURRENT') ?? assert.fail()
    current.createdAtSeconds -= 2 * 86_400
    client.describedSecret = ''
    client.secrets = [foreign(byHand)]
    const exchange = async () => {
      world.coolDown()
      assert.equal((await world.exchange()).status, 502)
      return [{ record: pickRecords(world.lines).at(-1) ?? assert.fail('no record') }]
    }
    await judgeInTime(exchange, ([{ record } = assert.fail()]) => {
      assert.deepEqual(
        [record['cause'], record['certainty'], String(record['evidence'])],
        [
          ...(['client_secret_mismatch', 'likely'] as const),
          'secret_unchanged,one_active_secret,changed_at_cognito',
        ],
      )
    })
    assert.equal(await world.rotate(), 'done')
    world.setForward(2000)
    assert.equal((await world.exchange()).status, 200)
    await world.endOverlap()
    assert.deepEqual(
      client.secrets.map(({ value }) => value === byHand),
      [true, false],
    )
  },
)

test('an event that is not of a rotation is refused with its cause', options, async (t) => {
  const world = await openRotatingWorld(t)
  const step = {
    Step: 'dropSecret',
    SecretId: webClient.secretId,
    ClientRequestToken: randomUUID(),
  }
  assert.equal(await world.invoke(step), false)
  assert.equal(await world.invoke({ ...step, Step: 'createSecret', SecretId: 'other' }), false)
  assert.deepEqual(
    world.steps().map(({ cause, evidence }) => [cause, String(evidence)]),
    [
      ['rotation_event_unknown', 'step_unknown'],
      ['rotation_event_unknown', 'secret_unknown'],
    ],
  )
  assert.match(world.lines.join('\n'), /Invoke Error.*rotation_event_unknown \(step_unknown\)/)
})

test(
  'Secrets Manager is down for an hour: callers go on, and the rotation goes on afterwards',
  options,
  async (t) => {
    const { secrets, ...world } = await openRotatingWorld(t, {
      TOKEN_PROXY_SECRET_HARD_AGE_SECONDS: '86400',
    })
    assert.equal((await world.exchange()).status, 200)
    const token = randomUUID()
    addVersion(secrets.secrets.get(webClient.secretId) ?? assert.fail(), token, undefined, [
      'AWSPENDING',
    ])
    const step = { SecretId: webClient.secretId, ClientRequestToken: token }
    assert.equal(await world.invoke({ ...step, Step: 'createSecret' }), true)
    assert.equal(await world.invoke({ ...step, Step: 'setSecret' }), true)
    secrets.breakWith('secrets_down')
    assert.equal(await world.invoke({ ...step, Step: 'testSecret' }), false)
    const { cause, evidence } = world.steps().at(-1) ?? {}
    assert.deepEqual([cause, String(evidence)], ['rotation_unanswered', 'describe_secret'])
    for (let minutes = 0; minutes < 60; minutes += 10) {
      world.setForward(600_000)
      assert.equal((await world.exchange()).status, 200)
    }
    secrets.restore()
    // Secrets Manager goes on by itself; where it has, a rotation that is asked for now comes too soon.
    await world.rotate()
    const stored = secrets.secrets.get(webClient.secretId) ?? assert.fail()
    assert.equal(findByStage(stored, 'AWSCURRENT')?.id, token)
    world.setForward(60_000)
    assert.equal((await world.exchange()).status, 200)
    assert.equal(await world.endOverlap(), true)
    assert.deepEqual(world.findValues(), [])
  },
)
