// A rotation that does not go on, or does not begin: the schedule of the function notices it without a failed step.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { overlapStays } from '../../../core/rotation/event.ts'
import { overdueAfterMs, stuckAfterMs } from '../../../core/rotation/lateness.ts'
import { addVersion, enableRotation, passTime } from '../../../local/aws/secrets/versions.ts'
import { webClient } from '../../fixtures/conformance/proxy.ts'
import { openRotatingWorld, toText } from '../../fixtures/conformance/rotating-world.ts'
import { hangMs } from '../../fixtures/patience.ts'

type World = Awaited<ReturnType<typeof openRotatingWorld>>

const options = { timeout: hangMs }
const hourly = { source: 'aws.events' }
const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:rotate'

function toStored({ secrets }: World) {
  return secrets.secrets.get(webClient.secretId) ?? assert.fail('the secret is gone')
}

/** What each record so far says, in the order of the events. */
function said({ steps }: World) {
  return steps().map(({ rotation_step, cause = 'well', evidence = '' }) =>
    [rotation_step, cause, String(evidence)].filter(Boolean).join(' '),
  )
}

test(
  'a version that stays pending for a day is recorded as stuck, once at each look',
  options,
  async (t) => {
    const world = await openRotatingWorld(t)
    const stored = toStored(world)
    addVersion(stored, randomUUID(), toText('pending0pending0pending0'), ['AWSPENDING'])
    passTime(stored, stuckAfterMs / 1000 - 60)
    await world.invoke(hourly)
    assert.deepEqual(said(world), ['end_overlap well'])
    passTime(stored, 60)
    await world.invoke(hourly)
    await world.invoke(overlapStays)
    assert.deepEqual(said(world).slice(1), ['end_overlap rotation_stuck', 'watch rotation_stuck'])
    assert.equal((await world.exchange()).status, 200)
    assert.deepEqual(world.findValues(), [])
  },
)

test(
  'a version without a value is stuck where nothing has changed for a day',
  options,
  async (t) => {
    const world = await openRotatingWorld(t)
    const stored = toStored(world)
    addVersion(stored, randomUUID(), undefined, ['AWSPENDING'])
    await world.invoke(hourly)
    passTime(stored, stuckAfterMs / 1000)
    await world.invoke(hourly)
    assert.deepEqual(said(world), ['end_overlap well', 'end_overlap rotation_stuck without_value'])
  },
)

test(
  'a rotation that has not begun a day after it was due is overdue, until one is done',
  options,
  async (t) => {
    const world = await openRotatingWorld(t)
    const stored = toStored(world)
    enableRotation(stored, functionArn, { AutomaticallyAfterDays: 1 })
    const dueInSeconds = 86_400
    passTime(stored, dueInSeconds + overdueAfterMs / 1000 - 60)
    await world.invoke(hourly)
    assert.deepEqual(said(world), ['end_overlap well'])
    passTime(stored, 61)
    await world.invoke(hourly)
    assert.deepEqual(said(world).slice(1), ['end_overlap rotation_overdue'])
    assert.equal(await world.rotate(), 'done')
    await world.invoke(hourly)
    assert.equal(said(world).at(-1), 'end_overlap well')
  },
)
