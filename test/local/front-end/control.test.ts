import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type FrontEnd, openFrontEnd } from '../../../local/front-end/server.ts'
import type { RotationDesk } from '../../../local/rotation/desk.ts'
import type { AnySwitchName } from '../../../local/switchboard.ts'
import {
  openScriptedUpstream,
  type ScriptedUpstream,
} from '../../fixtures/local/scripted-upstream.ts'

const wanted: string[] = []
const desk: RotationDesk = {
  view: () => ({
    ...{ client: 'web', state: 'done', step: 'finishSecret', attempt: 1, activeSecrets: 2 },
    ...{ isOverlapping: true, refusal: undefined, failure: undefined, served: 7, failed: 0 },
  }),
  rotate: async () => void wanted.push('rotate'),
  endOverlap: async () => void wanted.push('end-overlap'),
  onChange: () => () => {},
  takeProgress: () => {},
  takeLine: () => {},
  takeRecord: () => {},
}
let broken: AnySwitchName | undefined
let upstream: ScriptedUpstream
let frontEnd: FrontEnd

before(async () => {
  upstream = await openScriptedUpstream(() => {})
  frontEnd = await openFrontEnd({
    port: 0,
    settings: () => upstream.settings,
    broken: () => broken,
    breakWith: (name) => {
      broken = name
    },
    restore: () => {},
    rotation: () => desk,
    records: () => [],
    onRecord: () => () => {},
  })
})

after(async () => {
  await frontEnd.close()
  upstream.close()
})

test('the control API refuses other origins, forms, and switches that do not exist', async () => {
  const post = (path: string, headers: Record<string, string>, body = '{"switch":"throttled"}') =>
    fetch(frontEnd.url + path, { method: 'POST', headers, body }).then(({ status }) => status)
  const json = { 'content-type': 'application/json' }
  assert.equal(await post('/api/break', { ...json, origin: 'http://evil.example' }), 403)
  assert.equal(await post('/api/break', { ...json, 'sec-fetch-site': 'same-site' }), 403)
  assert.equal(await post('/api/break', { 'content-type': 'text/plain' }), 403)
  assert.equal(await post('/api/break', json, '{"switch":"toString"}'), 400)
  assert.equal(await post('/api/break', json, 'null'), 400)
  assert.equal(await post('/api/break', json, ' '.repeat(2000)), 400)
  assert.equal(broken, undefined)
  assert.equal(await post('/api/break', json), 200)
  assert.equal(broken, 'throttled')
  const state = await (await fetch(`${frontEnd.url}/api/state`)).text()
  assert.match(state, /^{"broken":"throttled","switches":{/)
})

test('the control API rotates a secret, ends its overlap, and does nothing else to it', async () => {
  const post = (body: string) =>
    fetch(`${frontEnd.url}/api/rotation`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
  assert.equal((await post('{"wanted":"delete"}')).status, 400)
  for (const one of ['rotate', 'end-overlap']) {
    const answer = await post(JSON.stringify({ wanted: one }))
    assert.deepEqual(
      [answer.status, await answer.json()],
      [200, JSON.parse(JSON.stringify(desk.view()))],
    )
  }
  assert.deepEqual(wanted, ['rotate', 'end-overlap'])
})

test('another name for this machine leads to the one origin that the app clients know', async () => {
  const address = new URL(frontEnd.url)
  const answered = await fetch(`http://127.0.0.1:${address.port}/operators`, { redirect: 'manual' })
  assert.equal(answered.status, 302)
  assert.equal(answered.headers.get('location'), frontEnd.operatorsUrl)
})

test('the site of the docs is served as a static host serves it, and nothing beside it', async () => {
  const ask = async (path: string) => {
    const answer = await fetch(frontEnd.url + path, { redirect: 'manual' })
    const { status, headers } = answer
    return [status, headers.get('location') ?? headers.get('content-type')]
  }
  const html = 'text/html; charset=utf-8'
  for (const [path, expected] of [
    ['/docs', [302, '/docs/']],
    ['/docs/', [200, html]],
    ['/docs/errors', [302, '/docs/errors/']],
    ['/docs/runbook/unforeseen.md', [302, '/docs/runbook/unforeseen.md/']],
    ['/docs/runbook/unforeseen.md/', [200, html]],
    ['/docs/site.css', [200, 'text/css; charset=utf-8']],
    ['/docs/causes.json', [200, 'application/json']],
    ['/docs/runbook/none.md', [404, 'application/json']],
    ['/docs/..%2Fsite.css', [404, 'application/json']],
    ['/docsx', [404, 'application/json']],
  ] as const) {
    assert.deepEqual(await ask(path), expected, path)
  }
})

test('a page without a preview receives nothing, and without visitors none can be started', async () => {
  const stop = new AbortController()
  const stream = await fetch(`${frontEnd.url}/api/preview`, { signal: stop.signal })
  assert.equal(stream.headers.get('content-type'), 'text/event-stream')
  stop.abort()
  const headers = { 'content-type': 'application/json' }
  const body = '{"wanted":"yes"}'
  const answer = await fetch(`${frontEnd.url}/api/visitors`, { method: 'POST', headers, body })
  assert.doesNotMatch(await answer.text(), /hasVisitors/)
})
