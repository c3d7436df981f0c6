import type { Failure } from '../causes/catalogue.ts'
import { toAllowCommand, toKeyCommand, toRestoreCommand, toRollBackCommand } from './command.ts'
import type { Findings, InspectedCookieKey, Verdict } from './findings.ts'
import { pass, rejectFailure, warn } from './verdict.ts'

/** Judges the key that seals refresh tokens in cookies, and the one before it. */
export function judgeCookieKey({ cookieKey, secretsRegion }: Findings): Verdict {
  if (cookieKey === undefined) return pass('not needed: the client does not use cookies')
  const { current, previous } = cookieKey
  if (!current.ok) return rejectFailure(current, chooseFix(cookieKey, secretsRegion, current))
  if (previous.ok) return pass('the current and the previous key are well formed')
  if (previous.cause === 'secret_not_found') {
    return pass('the key is well formed; there is no previous one')
  }
  if (previous.cause === 'secret_malformed') {
    return warn(
      'the key is well formed, but the previous version (AWSPREVIOUS) is not a key',
      'If the key was changed recently, users who have not come back since then must sign in again.',
    )
  }
  // Without an answer about the key before it, no cookie is opened or sealed at all.
  return rejectFailure(previous, chooseFix(cookieKey, secretsRegion, previous))
}

function chooseFix(
  { secretId, previous }: InspectedCookieKey,
  region: Findings['secretsRegion'],
  { cause, evidence }: Failure,
): Pick<Verdict, 'command' | 'fix'> {
  if (cause === 'secret_not_found') {
    if (evidence.includes('name_invalid')) return {}
    return evidence.includes('marked_for_deletion')
      ? { command: toRestoreCommand(secretId, region) }
      : { command: toKeyCommand(secretId, true, region) }
  }
  if (cause === 'secret_access_denied' && evidence.length === 0) {
    return { command: toAllowCommand(secretId, 'read-cookie-key') }
  }
  if (cause !== 'secret_malformed') return {}
  if (evidence.includes('value_missing')) {
    return {
      fix: 'The secret exists and holds no value yet: store a key in it.',
      command: toKeyCommand(secretId, false, region),
    }
  }
  if (previous.ok) {
    return {
      fix: 'The previous version (AWSPREVIOUS) contains a key: make it the current one again.',
      command: toRollBackCommand(secretId, region),
    }
  }
  // Anything but a placeholder may be the secret of something else, which a new key must not replace.
  return evidence.includes('placeholder')
    ? { command: toKeyCommand(secretId, false, region) }
    : { fix: 'Store 32 random bytes in base64, or set cookieKeySecret to the right secret.' }
}
