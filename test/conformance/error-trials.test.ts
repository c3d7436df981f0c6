import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isReason } from '../../core/explain/reasons.ts'
import { switches } from '../../local/switches.ts'
import { signInByHttp } from '../../local/visitor-sign-in.ts'
import { openWorld, type World } from '../../local/world.ts'
import { demoClients, toDemoSettings } from '../../local/world-config.ts'
import {
  type RequestTrial,
  type SwitchTrial,
  toCurl,
  trialClient,
  trials,
} from '../../pages/errors/trials.ts'
import { judgeInTime } from '../fixtures/conformance/in-time.ts'

let world: World
before(async () => {
  // With the deadline of a deployment: a diagnosis on a busy machine needs its time.
  world = await openWorld({ port: 0 })
})
after(() => world.close())

const all = Object.entries(trials)
function toClientId(name = 'web'): string {
  return demoClients.find((client) => client.name === name)?.clientId ?? assert.fail(name)
}

/** Gets a fresh code on the sign-in page, without a browser. */
async function getCode(clientId: string) {
  const { authorizationEndpoint, users } = toDemoSettings(world.userPool, world.gateway.url)
  const [user = { username: '', password: '' }] = users
  const redirectUri = `${world.frontEnd.url}/callback`
  const place = { authorizationEndpoint, redirectUri, user, cookies: new Map() }
  const form = await signInByHttp(place, clientId, AbortSignal.timeout(20_000))
  return form ?? assert.fail('no code came')
}

async function post(clientId: string, form: Readonly<Record<string, string>>) {
  const response = await fetch(`${world.gateway.url}/oauth2/token`, {
    method: 'POST',
    headers: { origin: world.frontEnd.url },
    body: new URLSearchParams({ ...form, client_id: clientId }),
  })
  const body: Readonly<Record<string, string>> = await response.json()
  return body
}

/** What the proxy wrote of the newest request. */
function newestRecord(): Readonly<Record<string, unknown>> {
  return Object(world.records.latest().at(-1))
}

async function press({ switch: name, attempt, client }: SwitchTrial): Promise<void> {
  const id = toClientId(client)
  const tokens = attempt === 'refresh' ? await post(id, await getCode(id)) : {}
  world.switchboard.breakWith(name as keyof typeof switches)
  const { refresh_token = '' } = tokens
  const form = attempt === 'refresh' ? { grant_type: 'refresh_token', refresh_token } : undefined
  await post(id, form ?? (await getCode(id)))
  world.switchboard.restore()
}

async function send({ method, path = '/oauth2/token', headers, body }: RequestTrial) {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const response = await fetch(world.gateway.url + path, {
    method: method ?? 'POST',
    headers: { ...(body === undefined ? {} : form), ...headers },
    ...(body === undefined ? {} : { body }),
  })
  await response.arrayBuffer()
}

for (const [reason, trial] of all) {
  test(`trying ${reason} as its page says produces the cause ${trial.cause}`, async () => {
    assert.ok(isReason(reason))
    const attempt = async () => {
      // A warm sandbox would not ask again so soon for what came too late.
      world.gateway.coolDown()
      if ('switch' in trial) await press(trial)
      else await send(trial)
      return [{ record: newestRecord() }]
    }
    await judgeInTime(attempt, ([{ record } = assert.fail()]) => {
      const { cause, candidates } = record
      assert.equal(cause, trial.cause)
      if (cause !== reason) assert.ok(Array.isArray(candidates) && candidates.includes(reason))
    })
  })
}

test('every switch is named by a page, except for those whose reason has no wording', () => {
  const pressed = all.flatMap(([, trial]) => ('switch' in trial ? [trial.switch] : []))
  for (const name of pressed) assert.ok(Object.hasOwn(switches, name), name)
  const unpressed = Object.keys(switches).filter((name) => !pressed.includes(name))
  assert.deepEqual(unpressed, ['cut_body', 'secrets_down'])
})

test('the client of the requests is one that needs no Origin header', () => {
  const client = demoClients.find((one) => one.clientId === trialClient.clientId)
  assert.ok(client?.redirectUris?.includes(trialClient.redirectUri))
})

test('a request is written as the curl command that sends it', () => {
  assert.equal(
    toCurl({ path: '/x', headers: { a: 'b' }, body: 'c=d', cause: 'unforeseen' }),
    "curl -i \\\n  http://localhost:8787/x \\\n  -H 'a: b' \\\n  -d 'c=d'",
  )
  assert.match(toCurl({ method: 'GET', cause: 'unforeseen' }), /-X GET \\\n.*\/oauth2\/token$/)
})
