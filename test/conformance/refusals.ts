import assert from 'node:assert/strict'
import test, { after, before } from 'node:test'
import type { CauseName } from '../../core/causes.ts'
import { assertFailure } from './contract.ts'
import { type Call, openProxy, type ProxyOptions, type TestedProxy } from './proxy.ts'

/** One request that must be refused. */
export interface Refusal {
  readonly says: string
  readonly call: Call
  readonly cause: CauseName
  readonly detail?: string
}

/** Adds a test for each refusal: the exact answer, one record, no call of anything else. */
export function testRefusals(refusals: readonly Refusal[], options: ProxyOptions = {}): void {
  let proxy: TestedProxy
  before(async () => {
    proxy = await openProxy(options)
  })
  after(() => proxy.close())
  for (const { says, call, cause, detail } of refusals) {
    test(`${says} is refused as ${cause}${detail === undefined ? '' : ` (${detail})`}`, async () => {
      const known = proxy.records().length
      const reply = await proxy.send(call)
      const records = proxy.records().slice(known)
      assert.equal(records.length, 1)
      const isBodiless = call.method === 'HEAD'
      assertFailure(reply, records[0], { cause, isBodiless, ...(detail && { detail }) })
      assert.deepEqual(records[0]?.['evidence'], detail === undefined ? [] : [detail])
      assert.equal(records[0]?.['certainty'], 'proved')
      assert.equal(proxy.upstream.requests.length, 0)
      assert.equal(proxy.secretCalls(), 0)
    })
  }
}
