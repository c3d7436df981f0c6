// The command-line sign-in of the examples, with the user played by HTTP at the user pool's own pages.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { on, once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { parseSettings } from '../../core/settings/settings.ts'
import { demoClients } from '../../local/world-config.ts'
import { send } from '../fixtures/conformance/proxy.ts'
import { openPoolWorld, type PoolWorld } from '../fixtures/end-to-end/pool-world.ts'
import { signInByFetch } from '../fixtures/end-to-end/sign-in-by-fetch.ts'
import { attemptUntilDone } from '../fixtures/patience.ts'

const root = join(import.meta.dirname, '..', '..')
const script = join(root, 'examples', 'native', 'sign-in.ts')
const guard = pathToFileURL(join(root, 'test', 'loopback-only.ts')).href
const { clientId = '', redirectUris = [] } = demoClients.find(({ name }) => name === 'native') ?? {}

let world: PoolWorld

before(async () => {
  world = await openPoolWorld()
})
after(() => world.close())

/** Runs the example and signs in at the address that it prints; gives its other lines and its exit code. */
async function signIn({ proxyUrl, userPool }: PoolWorld, uris: readonly string[] = redirectUris) {
  const options = { proxy: proxyUrl, issuer: userPool.issuer, 'client-id': clientId }
  const args = Object.entries(options).concat(uris.map((uri) => ['redirect-uri', uri]))
  const child = spawn(
    process.execPath,
    ['--import', guard, script, ...args.map(([name, value]) => `--${name}=${value}`)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const exited = once(child, 'exit')
  const lines: string[] = []
  let redirectUri: string | null = null
  for await (const [line] of on(createInterface(child.stdout), 'line', { close: ['close'] })) {
    if (line.startsWith('http://')) redirectUri = await comeBack(new URL(line))
    else if (line !== '') lines.push(line)
  }
  const [exitCode]: number[] = await exited
  return { lines, exitCode, redirectUri }
}

/** Plays the user, whose browser is sent back to the app in the end; gives the address that it went to. */
async function comeBack(authorizeAddress: URL): Promise<string> {
  const redirectUri = authorizeAddress.searchParams.get('redirect_uri') ?? ''
  const address = await signInByFetch(authorizeAddress, redirectUri)
  const stranger = new URL(address)
  stranger.searchParams.set('state', 'of-another-program')
  assert.equal((await fetch(stranger)).status, 404)
  assert.match(await (await fetch(address)).text(), /^Done\./)
  return redirectUri
}

test('the command line signs in, calls, refreshes and revokes, and never sends an origin (RFC 8252)', async () => {
  const { lines, exitCode } = await signIn(world)
  assert.equal(exitCode, 0)
  assert.deepEqual(lines, [
    'Open this address in your browser, and sign in:',
    'Signed in as Ada Lovelace (ada@example.com).',
    'Refreshed: tokens for 3600 seconds; the refresh token was replaced.',
    'Signed out: the refresh token is revoked.',
  ])
  const paths = world.userPool.calls.map(({ path }) => path)
  assert.deepEqual(paths, ['/oauth2/token', '/oauth2/token', '/oauth2/revoke'])
  assert.ok(world.records().every(({ cause }) => cause === undefined))
})

test('a redirect URI that the proxy does not know is refused, and the app says so in plain words', async (t) => {
  const others = ['http://127.0.0.1:8899/callback']
  const strict = await openPoolWorld({
    settings: (client) => ({ ...client, redirectUris: others }),
  })
  t.after(() => strict.close())
  const { lines, exitCode } = await signIn(strict)
  assert.equal(exitCode, 1)
  const [record] = strict.records().filter(({ cause }) => cause !== undefined)
  assert.equal(record?.['cause'], 'redirect_uri_not_allowed')
  assert.deepEqual(lines.slice(1), [
    'The proxy refused (invalid_request): This redirect_uri is not configured for this client. ' +
      'Redirect URIs are compared byte for byte. The closest configured one differs in the port.',
    `Request id: ${record?.['request_id']}`,
  ])
  assert.deepEqual(strict.userPool.calls, [])
})

test('a browser may not be the native client, whichever origin it names', async () => {
  const body = { grant_type: 'refresh_token', client_id: clientId, refresh_token: 'of-another-day' }
  const known = world.userPool.calls.length
  for (const origin of ['https://app.example', 'http://127.0.0.1:8801', 'null']) {
    const reply = await send(world.proxyUrl, { body, headers: { origin } })
    assert.equal(reply.status, 403)
    assert.equal(reply.body['error'], 'unauthorized_client')
    assert.match(
      String(reply.body['error_description']),
      /^This origin is not allowed for this client\./,
    )
    assert.equal(world.records().at(-1)?.['cause'], 'origin_not_allowed')
  }
  assert.equal(world.userPool.calls.length, known)
})

test("an installed app's own scheme leads to tokens as well (RFC 8252 §7.1)", async () => {
  const redirectUri = redirectUris.find((uri) => !uri.startsWith('http')) ?? ''
  const verifier = randomBytes(32).toString('base64url')
  const address = new URL(`${world.userPool.domainUrl}/oauth2/authorize`)
  address.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString()
  const answer = await signInByFetch(address, redirectUri)
  assert.equal(answer.protocol, 'com.example.app:')
  const code = answer.searchParams.get('code') ?? ''
  const grant = { grant_type: 'authorization_code', client_id: clientId, code }
  const body = { ...grant, redirect_uri: redirectUri, code_verifier: verifier }
  const reply = await send(world.proxyUrl, { body, headers: { origin: undefined } })
  assert.equal(reply.status, 200)
  assert.ok(reply.body['refresh_token'])
})

test('a port that something else has taken is passed over for the next registered one', async () => {
  const [first = '', ...others] = redirectUris
  const { exitCode, redirectUri } = await attemptUntilDone(async () => {
    const stranger = createServer().listen(Number(new URL(first).port), '127.0.0.1')
    // A port that was taken before is taken as well.
    await once(stranger, 'listening').catch(({ code }) => assert.equal(code, 'EADDRINUSE'))
    const isOurs = stranger.listening
    const ended = await signIn(world)
    stranger.close()
    // Whoever had it may have given it back in between.
    return isOurs || `${ended.redirectUri}` !== first ? ended : undefined
  })
  assert.equal(exitCode, 0)
  assert.ok(others.includes(`${redirectUri}`))
})

test('the settings that the guide shows for a native app are valid ones', () => {
  const page = readFileSync(join(root, 'docs', 'native-apps.md'), 'utf8')
  const [, client = ''] = /^```json\n(.*?)^```$/ms.exec(page) ?? []
  const parsed = parseSettings({ TOKEN_PROXY_CLIENTS: `[${client}]` })
  assert.deepEqual(parsed.ok ? [] : parsed.problems, [])
})

test('if no proxy answers, the command says so and fails', async () => {
  const { lines, exitCode } = await signIn({ ...world, proxyUrl: 'http://127.0.0.1:9' })
  assert.deepEqual([lines, exitCode], [['Nothing answers at http://127.0.0.1:9.'], 1])
})
