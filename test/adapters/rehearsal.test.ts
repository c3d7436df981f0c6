import assert from 'node:assert/strict'
import { test } from 'node:test'
import middy from '@middy/core'
import {
  crashAnswer,
  httpAnswer,
  receivedRequest,
  requestRecord,
} from '../../adapters/middleware.ts'
import { rehearse } from '../../adapters/rehearsal.ts'
import { openTokenEndpoint } from '../../adapters/token-endpoint.ts'
import { openTokenShell, type TokenShell } from '../../adapters/token-shell.ts'
import { toHttpAnswer } from '../../core/http-answer.ts'

const toHandler = (shell: TokenShell) =>
  middy()
    .use(httpAnswer(shell, toHttpAnswer))
    .use(requestRecord(shell))
    .use(receivedRequest(shell))
    .use(crashAnswer())
    .handler(openTokenEndpoint(shell))

const web = {
  name: 'web',
  clientId: '7web0client0example0000000',
  secretId: 'token-proxy/web',
  domain: 'http://127.0.0.1:1',
  origins: ['https://app.example'],
  redirectUris: ['https://app.example/callback'],
}

/** What a rehearsal of these clients answers, and what it writes. */
async function rehearseFor(
  clients: readonly object[],
  more: Readonly<Record<string, string>> = {},
) {
  const lines: string[] = []
  const environment = { TOKEN_PROXY_CLIENTS: JSON.stringify(clients), ...more }
  const shell = openTokenShell(environment, undefined, (made) => lines.push(...made))
  assert.ok(shell.open)
  const answer = await rehearse(shell, toHandler)
  return { answer, lines, isStillCold: shell.takeColdStart() }
}

for (const [says, changes] of [
  ['both grants', {}],
  ['refreshes alone', { grants: ['refresh_token'], redirectUris: [] }],
  ['no origin', { origins: [], allowNoOrigin: true, redirectUris: ['app.example:/callback'] }],
] as const) {
  test(`for a client with ${says} the rehearsal is a success that nobody hears of`, async () => {
    const { answer, lines, isStillCold } = await rehearseFor([{ ...web, ...changes }])
    const { statusCode, body } = Object(answer)
    assert.deepEqual([statusCode, JSON.parse(body).access_token], [200, 'access'])
    assert.deepEqual([lines, isStillCold], [[], true])
  })
}

test('behind a CDN that proves itself by a key the rehearsal is a success, too', async () => {
  const { answer, lines } = await rehearseFor([web], {
    TOKEN_PROXY_EDGE_KEY_DIGESTS: 'a'.repeat(64),
    TOKEN_PROXY_PUBLIC_URL: 'https://auth.example',
  })
  assert.deepEqual([Object(answer).statusCode, lines], [200, []])
})

test('settings that were refused are not rehearsed', async () => {
  const shell = openTokenShell({}, undefined, () => {})
  assert.equal(await rehearse(shell, toHandler), undefined)
})
