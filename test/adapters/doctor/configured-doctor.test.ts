import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkClients } from '../../../adapters/doctor/configured-doctor.ts'
import { type ClientReport, toReport } from '../../../core/doctor/report.ts'
import { clientsAtOnce, doctorTimeoutSeconds } from '../../../core/doctor/round.ts'
import { toClient } from '../../fixtures/core/sample-client.ts'

const clients = Array.from({ length: 40 }, (_, index) => toClient({ name: `client-${index}` }))
const names = clients.map(({ name }) => name)
/** The longest that a client can hang: three seconds for the first asks, five for the probe. */
const hangMs = 8000

/** A doctor under a clock of its own; whatever is checked at once hangs, and then ends together. */
function openHangingDoctor(limitMs: number) {
  let nowMs = 0
  const hanging: (() => void)[] = []
  const endAll = () => {
    nowMs += hangMs
    for (const end of hanging.splice(0)) end()
  }
  return {
    nowMs: () => nowMs,
    remainingMs: () => limitMs - nowMs,
    check: ({ name }: { readonly name: string }) =>
      new Promise<ClientReport>((resolve) => {
        hanging.push(() => resolve(toReport(name, [])))
        if (hanging.length === clientsAtOnce) queueMicrotask(endAll)
      }),
  }
}

const listUnchecked = (reports: readonly ClientReport[]) =>
  reports.flatMap(({ client, checks }) =>
    checks.some(({ cause }) => cause === 'client_not_checked') ? [client] : [],
  )

test('checks 40 clients that hang within the time limit of the function', async () => {
  const doctor = openHangingDoctor(doctorTimeoutSeconds * 1000)
  const { reports } = await checkClients(doctor, clients, { remainingMs: doctor.remainingMs })
  assert.deepEqual(listUnchecked(reports), [])
  assert.equal(doctor.nowMs(), (40 / clientsAtOnce) * hangMs)
})

test('names each client that a round has no time left for, and ends before its limit', async () => {
  const doctor = openHangingDoctor(60_000)
  const told: ClientReport[] = []
  const round = await checkClients(doctor, clients, {
    remainingMs: doctor.remainingMs,
    onReport: (report) => told.push(report),
  })
  assert.deepEqual(
    round.reports.map(({ client }) => client),
    names,
  )
  assert.deepEqual(listUnchecked(round.reports), names.slice(28))
  assert.deepEqual(new Set(told), new Set(round.reports))
  assert.equal(told.length, names.length)
  assert.ok(!round.isWell && doctor.remainingMs() > 0)
})

test('hands on the report of each client while others still hang', async () => {
  const { promise: reported, resolve } = Promise.withResolvers<string>()
  const { promise: hang, resolve: end } = Promise.withResolvers<void>()
  const check = async ({ name }: { readonly name: string }) => {
    if (name !== 'client-1') await hang
    return toReport(name, [])
  }
  const round = checkClients({ check }, clients.slice(0, 2), {
    onReport: ({ client }) => resolve(client),
  })
  assert.equal(await reported, 'client-1')
  end()
  const { reports } = await round
  assert.deepEqual(
    reports.map(({ client }) => client),
    ['client-0', 'client-1'],
  )
})

test('a crash while one client is checked is the report of that client alone', async () => {
  const check = async ({ name }: { readonly name: string }) => {
    if (name === 'client-1') throw new Error('canary')
    return toReport(name, [])
  }
  const { reports } = await checkClients({ check }, clients, {})
  assert.deepEqual(
    reports.flatMap(({ client, checks }) => checks.map(({ cause }) => [client, cause])),
    [['client-1', 'unforeseen']],
  )
  assert.equal(reports.length, names.length)
})
