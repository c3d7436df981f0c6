import assert from 'node:assert/strict'
import { test } from 'node:test'
import middy from '@middy/core'
import {
  checkRecords,
  crashRound,
  type DoctorShell,
  openRounds,
} from '../../../adapters/doctor/round.ts'

type Written = Parameters<DoctorShell['records']['writeChecks']>[0]

/** A shell that writes into a list, and knows one way to check. */
function openShell(check: DoctorShell['check']) {
  const written: Written[] = []
  const shell: DoctorShell = {
    records: {
      write: () => {},
      writeChecks: (checks) => written.push(checks),
      writeProblems: () => {},
    },
    runbookUrl: '',
    problems: [],
    settings: undefined,
    check,
    close: () => {},
  }
  const handler = middy().use(checkRecords(shell)).use(crashRound()).handler(openRounds(shell))
  return {
    handler: handler as unknown as (event: unknown, context: object) => Promise<unknown>,
    written,
  }
}

test('a crash is a failed round with one record, like any other', async () => {
  const { handler, written } = openShell(() => Promise.reject(new Error('canary')))
  const round = await handler({}, {})
  assert.doesNotMatch(JSON.stringify(round), /canary|"isWell":true/)
  assert.deepEqual(
    written.map(({ isWell, records }) => [isWell, records.map((one) => one['cause'])]),
    [[false, ['unforeseen']]],
  )
})

test('an event may name one client; whatever else it holds asks for all', async () => {
  const asked: (string | undefined)[] = []
  const { handler } = openShell(async (name) => {
    asked.push(name)
    return { isWell: true, reports: [] }
  })
  for (const event of [{ client: 'web' }, { client: 7 }, {}, null, 'web']) await handler(event, {})
  assert.deepEqual(asked, ['web', undefined, undefined, undefined, undefined])
})
