import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes } from '../../../core/causes/catalogue.ts'
import { judgeFindings } from '../../../core/doctor/checks.ts'
import { Secret } from '../../../core/secret.ts'
import { pick, toAppClient, toFindings, toListed } from '../../fixtures/core/sample-findings.ts'

test('fixes all that is wrong with an app client by one call, the same for each check', () => {
  const value = toAppClient({ allowsCode: false, flows: ['implicit'], isOAuthEnabled: false })
  const checks = judgeFindings(toFindings({ appClient: { ok: true, value }, probe: undefined }))
  const { fix, command } = pick(checks, 'code_flow')
  assert.match(command ?? '', /^aws cognito-idp update-user-pool-client /)
  for (const change of ['["code"]', '.AllowedOAuthFlowsUserPoolClient = true']) {
    assert.ok(command?.includes(change), change)
  }
  assert.equal(pick(checks, 'oauth_enabled').command, command)
  assert.equal(checks.filter((check) => check.command !== undefined).length, 2)
  assert.match(fix ?? '', new RegExp(`^${causes.grant_not_allowed.fix} .* Run it once`))
})

test('puts all other changes into the call that creates an app client with a secret', () => {
  const value = toAppClient({ secret: undefined, isRevocationEnabled: false })
  const activeSecrets = toListed(0)
  const checks = judgeFindings(toFindings({ appClient: { ok: true, value }, activeSecrets }))
  const { command } = pick(checks, 'client_has_secret')
  assert.match(
    command ?? '',
    /^aws cognito-idp create-user-pool-client .*EnableTokenRevocation = true/,
  )
  assert.equal(pick(checks, 'revocation').command, command)
})

test('keeps the call that stores the secret apart from the one that changes the app client', () => {
  const value = toAppClient({ secret: new Secret('other'), isOAuthEnabled: false })
  const checks = judgeFindings(toFindings({ appClient: { ok: true, value }, probe: undefined }))
  assert.match(pick(checks, 'client_secret').command ?? '', / put-secret-value /)
  assert.doesNotMatch(pick(checks, 'oauth_enabled').command ?? '', /secretsmanager/)
})
