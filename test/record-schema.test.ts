import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDiagnosedWorld } from './fixtures/conformance/diagnosed-world.ts'
import { openDirectHandler, toEvent } from './fixtures/conformance/direct-handler.ts'
import { openProxy, toEnvironment, webClient } from './fixtures/conformance/proxy.ts'
import { assertLines } from './record-schema.ts'

/** A record that would be valid without its unknown field. */
const strange = JSON.stringify({ level: 'INFO', message: 'request', stranger: 1 })

/** Puts it among what the function has written. */
function plant(lines: readonly string[]): void {
  assert.ok(lines.length > 0)
  ;(lines as string[]).push(strange)
}

test('a line that breaks the schema fails with its message, among any other lines', () => {
  for (const line of [strange, 'DEBUG', '{', '[]', 'null', '{}', '']) {
    assert.throws(
      () => assertLines(['{"_aws":{}}', line]),
      ({ message }: Error) =>
        message.startsWith('not as docs/record.schema.json') && message.endsWith(line),
    )
  }
})

test('a proxy under test is held to the schema', async () => {
  const proxy = await openProxy()
  await proxy.send({ method: 'GET' })
  plant(proxy.lines())
  await assert.rejects(proxy.close(), /stranger/)
})

test('a world under diagnosis is held to the schema', async () => {
  const world = await openDiagnosedWorld()
  await world.ask({})
  plant(world.lines())
  await assert.rejects(world.close(), /stranger/)
})

test('a handler that is called without a gateway is held to the schema', async () => {
  const nowhere = 'http://127.0.0.1:1'
  const handler = openDirectHandler(toEnvironment(nowhere, [{ ...webClient, domain: nowhere }]))
  await handler.invoke([{ event: toEvent('') }])
  plant(handler.lines())
  await assert.rejects(handler.close(), /stranger/)
})
