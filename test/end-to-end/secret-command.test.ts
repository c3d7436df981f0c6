// npm run secret, against the embedded pool and Secrets Manager; no value is in any of its outputs.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { addVersion, findByStage } from '../../local/aws/secrets/versions.ts'
import { openWorld } from '../../local/world.ts'
import { readReadmeCommand, startNpm } from '../fixtures/end-to-end/npm-command.ts'
import {
  type Ended,
  openSecretWorld,
  type SecretWorld,
} from '../fixtures/end-to-end/secret-world.ts'
import { hangMs } from '../fixtures/patience.ts'

const named = ['--client', 'native'] as const
const options = { timeout: hangMs }

/** Fails with the whole output where the exit code or a part of the output is another. */
function assertEnded({ code, output }: Ended, wanted: number, ...parts: readonly string[]): void {
  assert.equal(code, wanted, output)
  for (const part of parts) assert.ok(output.includes(part), `no "${part}" in:\n${output}`)
}

/** The values at Cognito, whatever their ids. */
const toValues = ({ appClient }: SecretWorld) => appClient.secrets.map(({ value }) => value)

/** Replaces the secret at Cognito as somebody does in the console; the new value is nowhere else. */
function changeByHand({ appClient }: SecretWorld): void {
  const createdAtSeconds = Math.floor(Date.now() / 1000)
  const value = randomUUID().replaceAll('-', '')
  const id = `${appClient.clientId}--${createdAtSeconds}`
  appClient.secrets = [{ id, value, createdAtSeconds, isAdded: true }]
}

test(
  'import makes the secret and fills it with what Cognito shows, and does nothing the second time',
  options,
  async (t) => {
    const world = await openSecretWorld(t)
    assertEnded(
      await world.run('status', ...named),
      1,
      'no such secret',
      'secret -- import --client native',
    )
    assertEnded(
      await world.run('import', ...named),
      2,
      'make the secret token-proxy/native',
      'add --yes',
    )
    assert.equal(world.secrets.secrets.size, 0)
    const filled = await world.run('import', ...named, '--yes')
    assertEnded(filled, 0, 'the secret is made', 'native: everything is settled')
    assert.deepEqual(toValues(world), [world.current()])
    const again = await world.run('import', ...named, '--yes')
    assertEnded(again, 0, 'the secret is filled and its current value works')
    assert.equal(world.stored().versions.size, 1)
  },
)

test('import adds a secret of its own where Cognito shows none any more', options, async (t) => {
  const world = await openSecretWorld(t)
  changeByHand(world)
  const filled = await world.run('import', ...named, '--yes')
  assertEnded(filled, 1, 'it is added to the app client', 'a second secret that no version names')
  assert.equal(world.appClient.secrets.length, 2)
  assert.ok(toValues(world).includes(world.current()))
})

test(
  'rotate runs the steps itself where Secrets Manager has no function, and tells how long the overlap is',
  options,
  async (t) => {
    const world = await openSecretWorld(t)
    await world.run('import', ...named, '--yes')
    const before = world.current()
    const rotated = await world.run('rotate', ...named, '--yes')
    assertEnded(rotated, 0, 'with the credentials of this machine', 'create: a new value is stored')
    assertEnded(
      rotated,
      0,
      'finish: it is AWSCURRENT now',
      'replaced by the last rotation',
      '24 hours left',
    )
    assert.notEqual(world.current(), before)
    assert.equal(world.appClient.secrets.length, 2)
    const early = await world.run('rotate', ...named, '--yes')
    assertEnded(early, 1, 'must still work for 24 hours')
  },
)

test(
  'rotate lets Secrets Manager run the steps where a schedule is on, and watches them',
  options,
  async (t) => {
    const world = await openSecretWorld(t)
    await world.run('import', ...named, '--yes')
    world.stored().rotation = {
      ...{ isEnabled: true, functionArn: world.aws.rotations.functionArn },
      rules: { AutomaticallyAfterDays: 30 },
      ...{ lastRotatedAtSeconds: undefined, nextAtSeconds: undefined },
    }
    const before = world.current()
    const rotated = await world.run('rotate', ...named, '--yes')
    assertEnded(
      rotated,
      0,
      'Secrets Manager has started the rotation',
      'its old secret still works',
    )
    assertEnded(rotated, 0, 'on a schedule, last ', 'next in 29 days')
    assert.notEqual(world.current(), before)
  },
)

test(
  'a secret that somebody has changed by hand is named by status and healed by rotate',
  options,
  async (t) => {
    const world = await openSecretWorld(t)
    await world.run('import', ...named, '--yes')
    changeByHand(world)
    const wrong = await world.run('status', ...named)
    assertEnded(
      wrong,
      1,
      'somebody has changed the secret by hand',
      'npm run secret -- rotate --client native',
    )
    const healed = await world.run('rotate', ...named, '--yes')
    assertEnded(healed, 1, 'finish: it is AWSCURRENT now', 'works at Cognito')
    assert.ok(toValues(world).includes(world.current()))
  },
)

test(
  'cancel frees the place at Cognito and the label, and leaves the current secret alone',
  options,
  async (t) => {
    const world = await openSecretWorld(t)
    await world.run('import', ...named, '--yes')
    assertEnded(await world.run('cancel', ...named), 0, 'no rotation is under way')
    const current = world.current()
    const value = `${randomUUID()}${randomUUID()}`.replaceAll('-', '')
    const [only] = world.appClient.secrets
    assert.ok(only)
    const stored = { client_id: world.appClient.clientId, client_secret: value, replaces: only.id }
    addVersion(world.stored(), randomUUID(), JSON.stringify(stored), ['AWSPENDING'])
    const createdAtSeconds = only.createdAtSeconds + 60
    const id = `${world.appClient.clientId}--${createdAtSeconds}`
    world.appClient.secrets.push({ id, value, createdAtSeconds, isAdded: true })
    assertEnded(
      await world.run('status', ...named),
      0,
      'a rotation is under way',
      `${id}, `,
      'the pending one',
    )
    const cancelled = await world.run('cancel', ...named, '--yes')
    assertEnded(
      cancelled,
      0,
      'deleted at Cognito',
      'AWSPENDING is taken away',
      'everything is settled',
    )
    assert.deepEqual(toValues(world), [current])
    assert.equal(world.current(), current)
    assert.equal(findByStage(world.stored(), 'AWSPENDING'), undefined)
  },
)

test('the key of the cookies is made, and its state is said', options, async (t) => {
  const world = await openSecretWorld(t)
  const made = await world.run('import', '--cookie-key', '--yes', '--kms-key', 'alias/own')
  assertEnded(made, 0, 'encrypted with the KMS key alias/own', 'cookie-key: everything is settled')
  assert.match(
    String(
      findByStage(
        world.secrets.secrets.get('token-proxy/cookie-key') ?? world.stored(),
        'AWSCURRENT',
      )?.value,
    ),
    /^[\w+/]{43}=$/,
  )
})

test('status writes JSON without a value, and a machine can read the state', options, async (t) => {
  const world = await openSecretWorld(t)
  await world.run('import', ...named, '--yes')
  const { code, output } = await world.run('status', ...named, '--json')
  const { state, active, versions, name } = JSON.parse(output)
  assert.deepEqual(
    [code, state, name, active.length, versions.length],
    [0, 'settled', 'native', 1, 1],
  )
})

test(
  'what cannot be checked or is not there ends with 2, and changes nothing',
  options,
  async (t) => {
    const world = await openSecretWorld(t)
    assertEnded(await world.run('status', '--client', 'nobody'), 2, 'no such client', 'native')
    assertEnded(await world.run('status'), 2, '--client <name>')
    assertEnded(
      await world.run('status', '--stage', 'nowhere', ...named),
      2,
      'no file of that name',
    )
    world.secrets.breakWith('secret_denied')
    const denied = await world.run('import', ...named, '--yes')
    assertEnded(denied, 2, 'could not check: rotation_access_denied (describe_secret)')
    assert.equal(world.secrets.secrets.size, 0)
  },
)

test('npm run secret says that the embedded world is in order', options, async (t) => {
  const world = await openWorld({ port: 0 })
  t.after(() => world.close())
  const command = readReadmeCommand('npm run secret -- status --client web')
  const status = startNpm(t, command, world.env)
  assert.equal(await status.exitCode(), 0, status.lines.join('\n'))
  assert.ok(status.lines.includes('web: everything is settled'), status.lines.join('\n'))
})
