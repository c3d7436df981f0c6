import assert from 'node:assert/strict'
import { test } from 'node:test'
import middy from '@middy/core'
import type { ConfiguredDoctor, RoundRequest } from '../../../adapters/doctor/configured-doctor.ts'
import { crashRound, openRounds } from '../../../adapters/doctor/round.ts'
import { toReport } from '../../../core/doctor/report.ts'
import { toRound } from '../../../core/doctor/round.ts'

type Written = Parameters<ConfiguredDoctor['records']['writeChecks']>[0]

/** The function over a doctor that writes into a list, and knows one way to check. */
function openFunction(check: ConfiguredDoctor['check']) {
  const written: Written[] = []
  const doctor: ConfiguredDoctor = {
    records: {
      write: () => {},
      writeChecks: (checks) => written.push(checks),
      writeProblems: () => {},
      writeRotation: () => {},
    },
    runbookUrl: '',
    problems: [],
    settings: undefined,
    check,
    close: () => {},
  }
  const handler = middy().use(crashRound(doctor)).handler(openRounds(doctor))
  return {
    handler: handler as unknown as (event: unknown, context: object) => Promise<unknown>,
    written,
  }
}

test('a crash is a failed round with one record, like any other', async () => {
  const { handler, written } = openFunction(() => Promise.reject(new Error('canary')))
  const round = await handler({}, {})
  assert.doesNotMatch(JSON.stringify(round), /canary|"isWell":true/)
  assert.deepEqual(
    written.map(({ isWell, records }) => [isWell, records.map((one) => one['cause'])]),
    [[false, ['unforeseen']]],
  )
})

test('the records of a client are written while the round still goes on', async () => {
  const { promise: hang, resolve: end } = Promise.withResolvers<void>()
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { handler, written } = openFunction(async ({ onReport }) => {
    onReport?.(toReport('web', []))
    begin()
    await hang
    return toRound([])
  })
  const round = handler({}, {})
  await begun
  assert.deepEqual(
    written.map(({ records }) => records.map(({ client }) => client)),
    [['web']],
  )
  end()
  await round
})

test('an event may name one client; any other event checks all', async () => {
  const asked: RoundRequest[] = []
  const { handler } = openFunction(async (request) => {
    asked.push(request)
    return toRound([])
  })
  for (const event of [{ client: 'web' }, { client: 7 }, {}, null, 'web']) await handler(event, {})
  assert.deepEqual(
    asked.map(({ client }) => client),
    ['web', undefined, undefined, undefined, undefined],
  )
})

test('the time that is left is what Lambda says', async () => {
  const { handler } = openFunction(async ({ remainingMs }) => {
    assert.equal(remainingMs?.(), 1234)
    return toRound([])
  })
  assert.deepEqual(await handler({}, { getRemainingTimeInMillis: () => 1234 }), {
    isWell: false,
    reports: [],
  })
})
