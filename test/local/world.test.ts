import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { openWorld, portCount } from '../../local/world.ts'
import { findFreePorts, waitUntilClosed } from '../fixtures/end-to-end/npm-command.ts'

for (const offset of Array.from({ length: portCount }, (_, index) => index)) {
  test(`a world whose port ${offset} is in use closes whatever it has opened before`, async (t) => {
    const port = await findFreePorts(portCount)
    const taken = createServer().listen(port + offset, '127.0.0.1')
    t.after(() => taken.close())
    await once(taken, 'listening')
    await assert.rejects(openWorld({ port }), { code: 'EADDRINUSE' })
    for (let other = 0; other < portCount; other += 1) {
      if (other !== offset) await waitUntilClosed(port + other)
    }
  })
}
