// Rotations by the built function, in the embedded world, with everything that can come in between.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Round } from '../../../core/doctor/round.ts'
import { parseJsonObject } from '../../../core/json.ts'
import { type RotationSwitchName, rotationSwitches } from '../../../local/rotation/switches.ts'
import type { RotationView } from '../../../local/rotation/view.ts'
import { signInByHttp } from '../../../local/visitor-sign-in.ts'
import { openWorld, type World } from '../../../local/world.ts'
import { demoClients, demoUsers } from '../../../local/world-config.ts'
import { hangMs, patientLimits } from '../../fixtures/patience.ts'

const page = readFileSync(join(import.meta.dirname, '../../../docs/local-world.md'), 'utf8')
const options = { timeout: hangMs }
const [web = assert.fail()] = demoClients

let world: World
before(async () => {
  world = await openWorld({
    port: 0,
    env: patientLimits,
    slowSpreadMs: 2500,
    rotationRetryDelaysMs: [1],
  })
})
after(() => world.close())

/** Starts a rotation and waits for its end. */
async function rotate(): Promise<RotationView> {
  const { promise, resolve } = Promise.withResolvers<RotationView>()
  const end = world.rotation.onChange(() => {
    const view = world.rotation.view()
    if (view.refusal !== undefined || ['done', 'failed'].includes(view.state)) resolve(view)
  })
  await world.rotation.rotate()
  const view = await promise
  end()
  return view
}

/** Signs in through the proxy; gives the status of the exchange. */
async function signIn(): Promise<number> {
  const place = {
    authorizationEndpoint: `${world.userPool.domainUrl}/oauth2/authorize`,
    redirectUri: `${world.frontEnd.url}/callback`,
    user: demoUsers[0] ?? assert.fail(),
    cookies: new Map<string, string>(),
  }
  const form = await signInByHttp(place, web.clientId, AbortSignal.timeout(hangMs))
  const response = await fetch(`${world.gateway.url}/oauth2/token`, {
    method: 'POST',
    headers: { origin: world.frontEnd.url },
    body: new URLSearchParams({ ...(form ?? assert.fail('no code')), client_id: web.clientId }),
  })
  await response.text()
  return response.status
}

test(
  'a rotation is served by both secrets until its overlap ends, and by the new one after it',
  options,
  async () => {
    assert.equal(await signIn(), 200)
    const view = await rotate()
    assert.deepEqual([view.state, view.activeSecrets, view.isOverlapping], ['done', 2, true])
    assert.equal(await signIn(), 200)
    await world.rotation.endOverlap()
    const { activeSecrets, isOverlapping, served, failed } = world.rotation.view()
    assert.deepEqual([activeSecrets, isOverlapping], [1, false])
    // The sandbox still holds the old secret: it is refused, and reads the new one.
    assert.equal(await signIn(), 200)
    assert.deepEqual([served, failed], [1, 0])
  },
)

test('after two complete rotations every check of the doctor is in order', options, async () => {
  await rotate()
  const overlapping = await check()
  await world.rotation.endOverlap()
  for (const { reports } of [overlapping, await check()]) {
    assert.deepEqual(
      reports.flatMap(({ checks }) => checks.filter(({ status }) => status !== 'ok')),
      [],
    )
  }
})

const check = async () => (await world.doctor.invoke({ client: web.name })) as Round

for (const [name, { title, cause }] of Object.entries(rotationSwitches)) {
  test(
    `"${title}": a rotation ends with ${cause ?? 'success'}, and after it all is well again`,
    options,
    async () => {
      world.switchboard.breakWith(name as RotationSwitchName)
      const view = await rotate()
      assert.deepEqual([view.state, view.failure?.cause], [cause ? 'failed' : 'done', cause])
      assert.equal(await signIn(), 200)
      world.switchboard.restore()
      assert.equal(await signIn(), 200)
      await world.rotation.endOverlap()
      const again = cause === undefined ? view : await rotate()
      assert.equal(again.state, 'done')
      await world.rotation.endOverlap()
      assert.equal(await signIn(), 200)
    },
  )
}

test(
  'a rotation that Secrets Manager does not start is reported in its words',
  options,
  async () => {
    world.switchboard.breakWith('secrets_down')
    assert.match((await rotate()).refusal ?? '', /^InternalServiceError/)
    world.switchboard.restore()
    assert.equal((await rotate()).state, 'done')
    await world.rotation.endOverlap()
  },
)

test('the table of drills in the docs says what they end with', () => {
  const rows = [
    ...page.matchAll(
      /^\| ([^|]+) \| (`rotation_\w+`|success) \| notice|^\| ([^|]+) \| (success) \| fail/gm,
    ),
  ]
  assert.deepEqual(
    rows.map(([, title, end, other, otherEnd]) => [
      title ?? other,
      (end ?? otherEnd)?.replaceAll('`', ''),
    ]),
    Object.values(rotationSwitches).map(({ title, cause }) => [title, cause ?? 'success']),
  )
})

test('no secret is in any line of the functions', () => {
  const text = world.records.lines().join('\n')
  assert.ok(text.includes('rotation_step'))
  for (const { secret } of demoClients) assert.equal(text.includes(secret), false)
  for (const { versions } of world.secrets.secrets.values()) {
    for (const { value = '' } of versions.values()) {
      const secret = parseJsonObject(value)?.['client_secret']
      if (typeof secret === 'string') assert.equal(text.includes(secret), false)
    }
  }
})
