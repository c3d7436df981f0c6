import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes, fail, type Result } from '../../../core/causes/catalogue.ts'
import { judgeCookieKey } from '../../../core/doctor/cookie-key.ts'
import { Secret } from '../../../core/secret.ts'
import { toFindings } from '../../fixtures/core/sample-findings.ts'

const key = { ok: true, value: new Secret('key') } as const
const none = fail('secret_not_found')
const judge = (current: Result<Secret>, previous: Result<Secret> = none, secretId = 'proxy/key') =>
  judgeCookieKey(toFindings({ cookieKey: { secretId, current, previous } }))

test('asks for no key where the client keeps nothing in a cookie', () => {
  const verdict = judgeCookieKey(toFindings())
  assert.equal(verdict.status, 'ok')
  assert.match(verdict.found, /not needed/)
})

test('is content with a key, and says whether there is one before it', () => {
  assert.deepEqual([judge(key).status, judge(key, key).status], ['ok', 'ok'])
  assert.match(judge(key).found, /there is no previous one/)
  assert.match(judge(key, key).found, /the current and the previous key are well formed/)
})

test('warns of a version before the key that is no key', () => {
  const verdict = judge(key, fail('secret_malformed'))
  assert.equal(verdict.status, 'warning')
  assert.match(verdict.found, /AWSPREVIOUS/)
})

test('fails if it cannot be known whether there is a key before the current one', () => {
  const denied = judge(key, fail('secret_access_denied'))
  assert.equal(denied.cause, 'secret_access_denied')
  assert.match(denied.command ?? '', /put-role-policy .*--policy-name read-cookie-key /)
  const unavailable = judge(key, fail('secret_unavailable'))
  assert.equal(unavailable.command, undefined)
  assert.equal(unavailable.fix, causes.secret_unavailable.fix)
})

test('names a key that cannot be read, with the call that fixes it where there is one', () => {
  const missing = judge(none)
  assert.equal(missing.cause, 'secret_not_found')
  assert.match(
    missing.command ?? '',
    /^openssl rand -base64 32 .*create-secret --region eu-west-1 --name proxy\/key /,
  )
  assert.equal(judge(none, none, 'arn:aws:secretsmanager:x').command, undefined)
  const deleted = fail('secret_not_found', { evidence: ['marked_for_deletion'] })
  assert.match(judge(deleted).command ?? '', /restore-secret/)
  assert.match(judge(fail('secret_access_denied')).command ?? '', /put-role-policy/)
  const locked = fail('secret_access_denied', { evidence: ['decryption_denied'] })
  assert.equal(judge(locked).command, undefined)
})

test('fills a secret without a key, and creates none under an invalid name', () => {
  const empty = judge(fail('secret_malformed', { evidence: ['value_missing'] }))
  assert.match(empty.command ?? '', /^openssl rand .*put-secret-value/)
  assert.match(empty.fix ?? '', /holds no value/)
  const misnamed = judge(fail('secret_not_found', { evidence: ['name_invalid'] }))
  assert.equal(misnamed.command, undefined)
})

test('goes back to the previous version if that has a key', () => {
  const { cause, fix, command } = judge(fail('secret_malformed'), key)
  assert.equal(cause, 'secret_malformed')
  assert.match(fix ?? '', /AWSPREVIOUS/)
  assert.match(command ?? '', /update-secret-version-stage/)
})

test('names the Region of the key in each call, where it is known', () => {
  const malformed = (...evidence: ('placeholder' | 'value_missing')[]) =>
    fail('secret_malformed', { evidence })
  const deleted = fail('secret_not_found', { evidence: ['marked_for_deletion'] })
  const states: readonly (readonly [current: Result<Secret>, previous: Result<Secret>])[] = [
    ...[none, deleted, malformed('value_missing'), malformed('placeholder')].map(
      (current) => [current, none] as const,
    ),
    [malformed(), key],
  ]
  for (const [current, previous] of states) {
    const by = (secretsRegion: string | undefined, secretId = 'proxy/key') => {
      const cookieKey = { secretId, current, previous }
      return judgeCookieKey(toFindings({ cookieKey, secretsRegion })).command ?? ''
    }
    assert.match(by('eu-west-1'), / --region eu-west-1 --(?:name|secret-id) proxy\/key/)
    assert.match(by(undefined), /aws secretsmanager \S+ --(?:name|secret-id) proxy\/key/)
    assert.doesNotMatch(by('eu-west-1', 'arn:aws:secretsmanager:us-east-1:1:secret:x'), /eu-west-1/)
  }
})

test('replaces a placeholder with a key, and never what may be the secret of something else', () => {
  const placeholder = judge(fail('secret_malformed', { evidence: ['placeholder'] }))
  assert.match(placeholder.command ?? '', /^openssl rand .*put-secret-value/)
  const other = judge(fail('secret_malformed'))
  assert.equal(other.command, undefined)
  assert.match(other.fix ?? '', /or set cookieKeySecret to the right secret/)
})
