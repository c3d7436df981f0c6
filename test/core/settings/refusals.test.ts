import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSettings } from '../../../core/settings/settings.ts'
import { numberSettings } from '../../../core/settings/table.ts'

const canary = 'CANARY value'

test('reports every problem at once, by its place', () => {
  const parsed = parseSettings({
    TOKEN_PROXY_CLIENTS: JSON.stringify([{ origins: 'x' }, 7]),
    TOKEN_PROXY_DEADLINE_MS: 'x',
    TOKEN_PROXY_MOST_IN_FLIGHT: '0',
    TOKEN_PROXY_SERVICE: 'X',
    TOKEN_PROXY_RUNBOOK_URL: 'x',
    TOKEN_PROXY_EVIDENCE_TABLE: 'x',
    TOKEN_PROXY_UNKNOWN: 'x',
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS: '3600',
    TOKEN_PROXY_SECRET_HARD_AGE_SECONDS: '60',
  })
  assert.ok(!parsed.ok)
  assert.deepEqual(parsed.problems, [
    'TOKEN_PROXY_CLIENTS[0].name is missing',
    'TOKEN_PROXY_CLIENTS[0].clientId is missing',
    'TOKEN_PROXY_CLIENTS[0].secretId is missing',
    'TOKEN_PROXY_CLIENTS[0].domain is missing',
    'TOKEN_PROXY_CLIENTS[0].origins must be a list',
    'TOKEN_PROXY_CLIENTS[0].redirectUris must not be empty if the code grant is allowed',
    'TOKEN_PROXY_CLIENTS[1] must be an object',
    'TOKEN_PROXY_DEADLINE_MS must be a whole number from 500 to 14000',
    'TOKEN_PROXY_MOST_IN_FLIGHT must be a whole number from 1 to 10000',
    'TOKEN_PROXY_SERVICE must be a lower-case letter, then up to 31 lower-case letters, digits or hyphens',
    'TOKEN_PROXY_RUNBOOK_URL must be an https address of at most 256 characters without query or fragment; empty: no links',
    'TOKEN_PROXY_EVIDENCE_TABLE must be the name of a DynamoDB table; empty: each sandbox remembers for itself',
    'TOKEN_PROXY_UNKNOWN is not known',
    'NODE_TLS_REJECT_UNAUTHORIZED must not be 0: certificates are always checked',
    'TOKEN_PROXY_SECRET_HARD_AGE_SECONDS must not be less than the soft age',
  ])
})

const wrongClient = {
  name: canary,
  clientId: canary,
  secretId: canary,
  domain: canary,
  userPoolId: canary,
  issuer: canary,
  origins: [canary, { canary }],
  allowNoOrigin: canary,
  redirectUris: [canary],
  grants: [canary],
  refreshToken: canary,
  refreshTokenRotation: canary,
  retryGracePeriodSeconds: canary,
  [canary]: canary,
}

test('echoes no value, and no name that might be one, for any mistake', () => {
  const parsed = parseSettings({
    TOKEN_PROXY_CLIENTS: JSON.stringify([wrongClient, canary, [canary]]),
    ...Object.fromEntries(Object.values(numberSettings).map(({ variable }) => [variable, canary])),
    TOKEN_PROXY_SERVICE: canary,
    TOKEN_PROXY_RUNBOOK_URL: canary,
    TOKEN_PROXY_EVIDENCE_TABLE: canary,
    TOKEN_PROXY_PUBLIC_URL: canary,
    TOKEN_PROXY_COOKIE_KEY_SECRET: canary,
    [`TOKEN_PROXY_${canary}`]: canary,
  })
  assert.ok(!parsed.ok)
  for (const field of Object.keys(wrongClient).filter((name) => name !== canary)) {
    const place = `TOKEN_PROXY_CLIENTS[0].${field}`
    assert.ok(
      parsed.problems.some((problem) => problem.startsWith(place)),
      place,
    )
  }
  for (const { variable } of Object.values(numberSettings)) {
    assert.ok(
      parsed.problems.some((problem) => problem.startsWith(variable)),
      variable,
    )
  }
  assert.doesNotMatch(parsed.problems.join('\n'), /canary/i)
})

test('echoes nothing of a list of clients that is no JSON', () => {
  const parsed = parseSettings({ TOKEN_PROXY_CLIENTS: `[{"clientSecret":"${canary}"` })
  const problems = ['TOKEN_PROXY_CLIENTS must be a JSON array']
  assert.deepEqual(parsed, { ok: false, problems, service: 'token-proxy', watch: 'full' })
})

test('a refusal keeps the service that was set, so that it is counted where the alarm looks', () => {
  const toService = (service: string) => {
    const parsed = parseSettings({ TOKEN_PROXY_SERVICE: service })
    assert.ok(!parsed.ok)
    return parsed.service
  }
  assert.equal(toService('token-proxy-prod'), 'token-proxy-prod')
  assert.equal(toService(canary), 'token-proxy')
})

test('a refusal keeps how closely the deployment is watched, so that its alarms see it', () => {
  const toWatch = (watch: string) => {
    const parsed = parseSettings({ TOKEN_PROXY_WATCH: watch })
    assert.ok(!parsed.ok)
    return parsed.watch
  }
  assert.equal(toWatch('small'), 'small')
  assert.equal(toWatch(canary), 'full')
})
