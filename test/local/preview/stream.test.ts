import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { openPreviewStream } from '../../../local/front-end/preview-stream.ts'

test('it looks once a second for all pages that are open, and not at all while none is', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  let looks = 0
  const watch = openPreviewStream(() => {
    looks += 1
    return { minuteMs: looks, alarms: [], widgets: [] }
  })
  const closed: Promise<unknown>[] = []
  const server = createServer((_request, response) => {
    closed.push(once(response, 'close'))
    watch(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const open = async () => {
    const stop = new AbortController()
    const answer = await fetch(`http://127.0.0.1:${port}`, { signal: stop.signal })
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    return { read: async () => (await reader?.read())?.value, stop }
  }
  t.mock.timers.tick(5000)
  assert.equal(looks, 0)

  const one = await open()
  assert.match((await one.read()) ?? '', /^event: preview\ndata: {"minuteMs":1,/)
  const other = await open()
  await Promise.all([one.read(), other.read()])
  const before = looks
  t.mock.timers.tick(1000)
  assert.equal(looks, before + 1)
  for (const page of [one, other]) {
    assert.match((await page.read()) ?? '', new RegExp(`"minuteMs":${looks},`))
    page.stop.abort()
  }
  await Promise.all(closed)
  t.mock.timers.tick(5000)
  assert.equal(looks, before + 1)
})
