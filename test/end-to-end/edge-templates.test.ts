// A sign-in through exactly what packaging makes of a stage with an edge: both templates, played on loopback.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { toTemplate } from '../../infra/deployment.ts'
import { toEdgeTemplate } from '../../infra/edge/template.ts'
import { parseStage } from '../../infra/stage.ts'
import { readPackagedApi } from '../../local/gateway/packaged-api.ts'
import { openPoolWorld } from '../fixtures/end-to-end/pool-world.ts'
import { signInByFetch } from '../fixtures/end-to-end/sign-in-by-fetch.ts'
import { edgedFields } from '../fixtures/infra/edged-stage.ts'
import { hangMs } from '../fixtures/patience.ts'

const origin = 'http://localhost:5173'

async function open(t: TestContext, fields: object) {
  const [web] = edgedFields['clients'] as readonly object[]
  const clients = [{ ...web, origins: [origin], redirectUris: [`${origin}/callback`] }]
  const parsed = parseStage({ ...edgedFields, clients, edge: 'required', ...fields }, 'dev')
  assert.ok(parsed.ok, JSON.stringify(parsed))
  const { stage } = parsed
  const { routes, cors, throttle, basePath, unknownVariables } = readPackagedApi(toTemplate(stage))
  assert.deepEqual(unknownVariables, ['TOKEN_PROXY_EDGE_KEY_DIGESTS'])
  const world = await openPoolWorld({
    origin,
    api: { routes, cors, throttle, basePath },
    edge: {
      template: toEdgeTemplate(stage),
      keys: [randomBytes(32).toString('base64url')],
    },
  })
  t.after(() => world.close())
  const isOurs = (uri: string) => uri.startsWith(origin)
  const client = world.config.appClients.find(({ callbackUrls }) => callbackUrls.some(isOurs))
  const redirectUri = client?.callbackUrls.find(isOurs)
  assert.ok(client && redirectUri)
  return { world, client, redirectUri }
}

for (const fields of [{}, { domainBasePath: 'v1/auth' }]) {
  test(`a sign-in and a refresh pass through the packaged templates by ${JSON.stringify(fields)}`, {
    timeout: hangMs,
  }, async (t) => {
    const { world, client, redirectUri } = await open(t, fields)
    const found = await fetch(`${world.proxyUrl}/.well-known/openid-configuration`)
    const document = Object(await found.json())
    assert.equal(document.token_endpoint, `${world.proxyUrl}/oauth2/token`)
    const verifier = randomBytes(32).toString('base64url')
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    const authorize = new URL(`${world.proxyUrl}/oauth2/authorize`)
    authorize.search = new URLSearchParams({
      ...{ response_type: 'code', client_id: client.clientId, redirect_uri: redirectUri },
      ...{ scope: 'openid', code_challenge: challenge, code_challenge_method: 'S256' },
    }).toString()
    const back = await signInByFetch(authorize, redirectUri)
    const post = async (parameters: Readonly<Record<string, string>>) => {
      const body = new URLSearchParams({ client_id: client.clientId, ...parameters })
      const init = { method: 'POST', body, headers: { origin } }
      const response = await fetch(document.token_endpoint, init)
      assert.equal(response.headers.get('access-control-allow-origin'), origin)
      return { status: response.status, tokens: Object(await response.json()) }
    }
    const exchanged = await post({
      ...{ grant_type: 'authorization_code', code: back.searchParams.get('code') ?? '' },
      ...{ redirect_uri: redirectUri, code_verifier: verifier },
    })
    assert.equal(exchanged.status, 200, JSON.stringify(exchanged.tokens))
    const { refresh_token } = exchanged.tokens
    const refreshed = await post({ grant_type: 'refresh_token', refresh_token })
    assert.equal(refreshed.status, 200, JSON.stringify(refreshed.tokens))
    const around = await fetch(`${world.apiUrl}/health`)
    assert.equal(around.status, 403)
  })
}
