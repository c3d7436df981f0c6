import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail } from '../../../core/causes/catalogue.ts'
import type { Findings } from '../../../core/doctor/findings.ts'
import { judgeProbe } from '../../../core/doctor/live-probe.ts'
import { judgeSecretForm, judgeSecretReadable } from '../../../core/doctor/secret.ts'
import { Secret } from '../../../core/secret.ts'
import {
  toAppClient,
  toFindings,
  toListed,
  toPoolClient,
} from '../../fixtures/core/sample-findings.ts'

test('tells a secret that cannot be read from one that is not in order', () => {
  const malformed = toFindings({ secret: fail('secret_malformed', { evidence: ['not_json'] }) })
  assert.equal(judgeSecretReadable(malformed).status, 'ok')
  assert.equal(judgeSecretForm(malformed).cause, 'secret_malformed')
  assert.match(judgeSecretForm(malformed).command ?? '', /put-secret-value/)
})

test('prints no call over the secret of another app client, since secretId may be the wrong one', () => {
  const evidence = ['client_id_differs'] as const
  const mixedUp = judgeSecretForm(toFindings({ secret: fail('secret_malformed', { evidence }) }))
  assert.equal(mixedUp.cause, 'secret_malformed')
  assert.equal(mixedUp.command, undefined)
  assert.match(mixedUp.fix ?? '', /^secretId may be wrong/)
})

test('says of every call that replaces a stored secret that it does', () => {
  for (const { fix, command } of [
    judgeSecretForm(toFindings({ secret: fail('secret_malformed') })),
    judgeProbe(toFindings({ probe: fail('client_secret_mismatch') })),
  ]) {
    assert.match(command ?? '', /put-secret-value/)
    assert.match(fix ?? '', /First make sure that secretId is right/)
  }
})

test('offers the import by name, but not for an app client that no settings have', () => {
  const secret = fail('secret_malformed')
  const command = 'npm run secret -- import --client shop '
  const by = (changes: Partial<Findings>) =>
    judgeSecretForm(toFindings({ secret, ...changes })).fix ?? ''
  assert.ok(by({}).includes(command))
  const undescribed = { ok: true, value: toAppClient({ secret: undefined }) } as const
  assert.ok(by({ appClient: undescribed }).includes(command))
  assert.ok(!by({ appClient: undescribed, activeSecrets: toListed(2) }).includes(command))
  assert.ok(!by({ isConfigured: false }).includes(command))
  assert.ok(!by({ client: toPoolClient({ userPoolId: undefined }) }).includes(command))
})

test('names the Region of the secret in each call that stores, adds or restores it', () => {
  const undescribed = { ok: true, value: toAppClient({ secret: undefined }) } as const
  const deleted = fail('secret_not_found', { evidence: ['marked_for_deletion'] })
  const faults: readonly Partial<Findings>[] = [
    { secret: fail('secret_malformed') },
    { secret: fail('secret_malformed'), appClient: undescribed },
    { secret: fail('secret_not_found') },
    { secret: fail('secret_not_found'), appClient: undescribed },
    { secret: deleted },
  ]
  for (const fault of faults) {
    const by = (secretsRegion: string | undefined, secretId = 'token-proxy/shop') =>
      judgeSecretForm(
        toFindings({ ...fault, client: toPoolClient({ secretId }), secretsRegion }),
      ).command?.replace(/^.* \| /, '') ?? 'none'
    const named = /--(?:name|secret-id) token-proxy\/shop/.source
    assert.match(by('us-east-1'), new RegExp(`secret\\S* --region us-east-1 ${named}`))
    assert.match(by(undefined), new RegExp(`^aws secretsmanager \\S+ ${named}`))
    const elsewhere = by('us-east-1', 'arn:aws:secretsmanager:eu-west-1:1:secret:x-a1b2c3')
    assert.match(elsewhere, /^none$| --region eu-west-1 --secret-id arn:/)
  }
})

test('says that secrets were changed in Cognito where all are younger than the stored one', () => {
  const probe = fail('client_secret_mismatch')
  const by = (storedAtMs: number | undefined) =>
    judgeProbe(toFindings({ probe, storedAtMs })).fix ?? ''
  assert.match(by(1_600_000_000_000), /somebody has probably changed them in Cognito/)
  for (const storedAtMs of [1_800_000_000_000, undefined]) {
    assert.doesNotMatch(by(storedAtMs), /changed them/)
  }
})

test('makes no secret under an ARN, but asks for another one', () => {
  const client = toPoolClient({ secretId: 'arn:aws:secretsmanager:eu-central-1:1:secret:x-a1b2c3' })
  const lost = judgeSecretReadable(toFindings({ client, secret: fail('secret_not_found') }))
  assert.equal(lost.command, undefined)
  assert.match(lost.fix ?? '', /ARN/)
})

test('stores no secret of an app client that has none or is not there', () => {
  for (const appClient of [
    { ok: true, value: toAppClient({ secret: undefined }) },
    { ok: false, why: 'absent' },
  ] as const) {
    for (const secret of [fail('secret_not_found'), fail('secret_malformed')]) {
      const activeSecrets = toListed(0)
      const findings = toFindings({ appClient, secret, activeSecrets })
      assert.equal(judgeSecretForm(findings).command, undefined)
    }
  }
  const denied = { ok: false, why: 'denied' } as const
  const unread = toFindings({ appClient: denied, secret: fail('secret_malformed') })
  assert.match(judgeSecretForm(unread).command ?? '', /put-secret-value/)
})

test('adds a secret, if there is room, instead of storing one that Cognito no longer shows', () => {
  const appClient = { ok: true, value: toAppClient({ secret: undefined }) } as const
  const rejected = fail('client_rejected', { evidence: ['client_present', 'secret_undescribed'] })
  const by = (activeSecrets: Findings['activeSecrets']) => [
    judgeSecretReadable(toFindings({ appClient, activeSecrets, secret: fail('secret_not_found') })),
    judgeSecretForm(toFindings({ appClient, activeSecrets, secret: fail('secret_malformed') })),
    judgeProbe(toFindings({ appClient, activeSecrets, probe: rejected })),
  ]
  for (const { command, fix } of by(toListed(1))) {
    assert.match(command ?? '', /^aws cognito-idp add-user-pool-client-secret .* \| jq -R .*secret/)
    assert.doesNotMatch(command ?? '', /describe-user-pool-client/)
    assert.match(fix ?? '', /adds a second one and stores that/)
  }
  for (const activeSecrets of [toListed(2), { ok: false, why: 'denied' }] as const) {
    for (const { command, fix } of by(activeSecrets)) {
      assert.equal(command, undefined)
      assert.match(fix ?? '', /delete the one that nobody uses/)
    }
  }
  const { command } = judgeProbe(toFindings({ probe: fail('client_rejected') }))
  assert.equal(command, undefined)
})

test('copies a described secret only where the list does not say that it may be a deleted one', () => {
  const appClient = { ok: true, value: toAppClient({ secret: new Secret('described') }) } as const
  const secret = fail('secret_malformed')
  const by = (activeSecrets: Findings['activeSecrets']) =>
    judgeSecretForm(toFindings({ appClient, activeSecrets, secret })).command ?? ''
  const unlisted = { ok: false, why: 'denied' } as const
  for (const activeSecrets of [toListed(1), toListed(2), unlisted]) {
    assert.match(by(activeSecrets), /describe-user-pool-client .*put-secret-value/)
  }
  const later = 1_710_000_000
  assert.match(by(toListed(1, later)), /add-user-pool-client-secret .*put-secret-value/)
  assert.equal(by(toListed(2, later)), '')
})

test('fills a secret without a value, and never creates it again', () => {
  const secret = fail('secret_malformed', { evidence: ['value_missing'] })
  assert.equal(judgeSecretReadable(toFindings({ secret })).status, 'ok')
  const { command, fix } = judgeSecretForm(toFindings({ secret }))
  assert.match(command ?? '', /put-secret-value/)
  assert.doesNotMatch(command ?? '', /create-secret/)
  assert.match(fix ?? '', /holds no value/)
})

test('makes no secret under a name that none can have', () => {
  const secret = fail('secret_not_found', { evidence: ['name_invalid'] })
  const { command, fix } = judgeSecretReadable(toFindings({ secret }))
  assert.equal(command, undefined)
  assert.match(fix ?? '', /^Set secretId/)
})

test('gives each client a policy of its own, so that no role loses what another one gave it', () => {
  const secret = fail('secret_access_denied')
  const [one, other] = ['shop', 'admin'].map(
    (name) => judgeSecretReadable(toFindings({ client: toPoolClient({ name }), secret })).command,
  )
  assert.match(one ?? '', /--policy-name read-secret-of-shop /)
  assert.match(other ?? '', /--policy-name read-secret-of-admin /)
})

test('allows nothing more to a role without access to the key or with rejected credentials', () => {
  for (const evidence of [['decryption_denied'], ['credentials_rejected']] as const) {
    const secret = fail('secret_access_denied', { evidence })
    assert.equal(judgeSecretReadable(toFindings({ secret })).command, undefined)
  }
})

test('fixes each fault of the secret by a call of its own, where there is one', () => {
  const command = (secret: ReturnType<typeof fail>) =>
    judgeSecretReadable(toFindings({ secret })).command ?? 'none'
  assert.match(command(fail('secret_not_found')), /create-secret/)
  assert.match(
    command(fail('secret_not_found', { evidence: ['marked_for_deletion'] })),
    /restore-secret/,
  )
  assert.match(command(fail('secret_access_denied')), /put-role-policy/)
  assert.equal(command(fail('secret_unavailable')), 'none')
  assert.equal(command(fail('secret_throttled')), 'none')
})
