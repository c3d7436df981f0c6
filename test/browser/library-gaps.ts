import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { OAuth2Client } from '@badgateway/oauth2-client'
import type { BrowserContext, Page, Request } from 'playwright-core'
import type { LibraryName, libraries } from '../../infra/front-end-libraries.ts'
import { click, type LibraryStage, signIn, type Variant } from './library-stage.ts'

type Proof = (stage: LibraryStage) => Promise<void>

/** A proof for each step that the guide says a library does not do, seen with the library left to itself. */
export const gaps: {
  readonly [Name in LibraryName]: Readonly<Record<keyof (typeof libraries)[Name]['missing'], Proof>>
} = {
  'oidc-client-ts': {
    revoke_access_token: async (stage) => {
      const variant = { 'oauth4webapi.ts': 'gaps/oidc-client-ts.ts' }
      const page = await visitSignedIn(stage, 'oidc-client-ts', variant)
      const callsBefore = stage.world.userPool.calls.length
      await click(page, 'Sign out')
      await seeAlert(page, /unsupported_token_type/)
      assert.equal(stage.world.userPool.calls.length - callsBefore, 1)
      await page.context().close()
    },
  },
  'react-oidc-context': {},
  oauth4webapi: {
    discover_by_issuer: (stage) => failToDiscover(stage, 'oauth4webapi'),
    read_server_error: (stage) => readNothing(stage, 'oauth4webapi'),
  },
  'openid-client': {
    discover_by_issuer: (stage) => failToDiscover(stage, 'openid-client'),
    read_server_error: (stage) => readNothing(stage, 'openid-client'),
  },
  'badgateway-oauth2-client': {
    sign_out: async () => hasNoSignOut(Object.getOwnPropertyNames(OAuth2Client.prototype)),
  },
  'openid-appauth': {
    read_failure: (stage) => readNoMoreThan(stage, 'openid-appauth', '502'),
    find_code: async (stage) => {
      const variant = { 'oauth4webapi.ts': 'gaps/openid-appauth.ts' }
      const page = await stage.visit('openid-appauth', variant)
      await signIn(page)
      await seeAlert(page, /no code was found/)
      await page.context().close()
    },
    sign_out: async () => hasNoSignOut(readdirSync(appAuth)),
  },
  'angular-oauth2-oidc': {
    revoke_and_log_out: async (stage) => {
      const variant = { 'oauth4webapi.ts': 'gaps/angular-oauth2-oidc.ts' }
      const page = await visitSignedIn(stage, 'angular-oauth2-oidc', variant)
      const refused = page.waitForResponse((response) => response.status() === 400)
      await click(page, 'Sign out')
      assert.match((await refused).request().postData() ?? '', /token_type_hint=access_token/)
      await page.getByText('Sign out: failed').waitFor()
      await page.context().close()
    },
  },
  'aws-amplify': {
    read_failure: (stage) => readNoMoreThan(stage, 'aws-amplify', 'server_error'),
    refresh: async (stage) => {
      const page = await visitSignedIn(stage, 'aws-amplify', leftToItself)
      const asked = await refuseAtCognito(page.context())
      await click(page, 'Refresh')
      await page.getByText('Refresh: done').waitFor()
      assert.deepEqual(asked.map(toCall), [
        { operation: 'GetTokensFromRefreshToken', fields: ['ClientId', 'RefreshToken'] },
      ])
      const stored = await page.evaluate('Object.keys(localStorage).join()')
      assert.doesNotMatch(String(stored), /accessToken|refreshToken/)
      await page.context().close()
    },
    revoke: async (stage) => {
      const page = await stage.visit('aws-amplify', leftToItself)
      await markRevocable(page.context())
      await signIn(page)
      await page.getByText('Signed in').waitFor()
      const asked = await refuseAtCognito(page.context())
      const callsBefore = stage.world.userPool.calls.length
      await click(page, 'Sign out')
      await page.getByText('Signed out').waitFor()
      assert.deepEqual(asked.map(toCall), [
        { operation: 'RevokeToken', fields: ['ClientId', 'Token'] },
      ])
      assert.equal(stage.world.userPool.calls.length, callsBefore)
      await page.context().close()
    },
  },
}

/** Node.js cannot import this package, so its files are looked at. */
const appAuth = join(import.meta.dirname, '../../node_modules/@openid/appauth/built/src')

const leftToItself = { 'aws-amplify-tokens.ts': 'gaps/aws-amplify-tokens.ts' }

async function visitSignedIn(
  stage: LibraryStage,
  name: LibraryName,
  variant: Variant,
): Promise<Page> {
  const page = await stage.visit(name, variant)
  await signIn(page)
  await page.getByRole('status').getByText('Signed in').waitFor()
  return page
}

async function seeAlert(page: Page, text: RegExp): Promise<void> {
  const alert = page.getByRole('alert')
  await alert.waitFor()
  assert.match(await alert.innerText(), text)
}

async function failToDiscover(stage: LibraryStage, name: LibraryName): Promise<void> {
  const page = await stage.visit(name, { 'oauth4webapi.ts': `gaps/${name}.ts` })
  await click(page, 'Sign in')
  await seeAlert(page, /issuer/)
  await page.context().close()
}

async function readNothing(stage: LibraryStage, name: LibraryName): Promise<void> {
  const variant = { 'oauth4webapi.ts': `gaps/${name}-failure.ts` }
  assert.match(await failAtServer(stage, name, variant), /^no answer \w+Error: .*status code/)
}

async function readNoMoreThan(stage: LibraryStage, name: LibraryName, text: string) {
  assert.equal((await failAtServer(stage, name)).trim(), text)
}

/** Gives what a page shows of a fault that is the operator's. */
async function failAtServer(stage: LibraryStage, name: LibraryName, variant?: Variant) {
  const page = await stage.visit(name, variant)
  stage.world.switchboard.breakWith('client_gone')
  await signIn(page)
  const alert = page.getByRole('alert')
  await alert.waitFor()
  stage.world.switchboard.mend()
  const text = await alert.innerText()
  await page.context().close()
  return text
}

function hasNoSignOut(names: readonly string[]): void {
  assert.ok(names.some((name) => /revoke/i.test(name)))
  const signOuts = names.filter((name) => /sign_?out|log_?out|end_?session/i.test(name))
  assert.deepEqual(signOuts, [])
}

/** Stands for Cognito's own API, which refuses a client that has a secret and does not show it. */
async function refuseAtCognito(context: BrowserContext): Promise<readonly Request[]> {
  const asked: Request[] = []
  await context.route('https://cognito-idp.*.amazonaws.com/**', async (route) => {
    const request = route.request()
    if (request.method() === 'POST') asked.push(request)
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
    const __type = 'NotAuthorizedException'
    await route.fulfill({ status: 400, headers, json: { __type, message: 'No secret.' } })
  })
  return asked
}

function toCall(request: Request) {
  const [, operation] = (request.headers()['x-amz-target'] ?? '').split('.')
  return { operation, fields: Object.keys(request.postDataJSON()).sort() }
}

/** Cognito marks the tokens of a client whose refresh tokens can be revoked; the embedded pool does not. */
async function markRevocable(context: BrowserContext): Promise<void> {
  await context.route('**/oauth2/token', async (route) => {
    const response = await route.fetch()
    const tokens = await response.json()
    const [head, payload = '', signature] = String(tokens.access_token).split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const marked = JSON.stringify({ ...claims, origin_jti: 'of-this-sign-in' })
    const access = [head, Buffer.from(marked).toString('base64url'), signature].join('.')
    await route.fulfill({ response, json: { ...tokens, access_token: access } })
  })
}
