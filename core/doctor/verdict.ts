import { type Failure, toCause } from '../causes/catalogue.ts'
import type { CheckCause, SetupCause, Unread, Verdict } from './findings.ts'
import { toPrintable } from './printable.ts'

const setupFixes: Readonly<Record<SetupCause, string>> = {
  user_pool_not_found: 'Set userPoolId of the client to that of a user pool in this account.',
  scopes_missing: 'Allow the app client at least the scope openid.',
  identity_providers_missing: 'Allow the app client at least one identity provider.',
  refresh_settings_differ:
    "Set refreshTokenRotation and retryGracePeriodSeconds of the client to the app client's own.",
  clock_skewed: 'Set the clock of this machine; signatures and lifetimes depend on it.',
}

const unreadTexts: Readonly<Record<Unread, string>> = {
  absent: 'cannot tell: Cognito knows no such user pool or app client',
  denied: 'cannot tell: not allowed to describe it',
  unanswered: 'cannot tell: Cognito did not describe it in time',
  unnamed: 'cannot tell: the settings name no userPoolId',
}

const unreadFixes: Readonly<Record<Unread, string | undefined>> = {
  absent: undefined,
  denied:
    'Allow cognito-idp:DescribeUserPoolClient, ListUserPoolClientSecrets and DescribeUserPool on the user pool.',
  unanswered: 'Run the doctor again.',
  unnamed: 'Set userPoolId of the client, so that its configuration can be read.',
}

/** The verdict that all is well. */
export function pass(found: string): Verdict {
  return { status: 'ok', found: toPrintable(found) }
}

/** The verdict that something deserves a look but breaks nothing. */
export function warn(found: string, fix?: string): Verdict {
  return { status: 'warning', found: toPrintable(found), fix }
}

/** The verdict that this could not be checked for want of a reading. */
export function skip(why: Unread): Verdict {
  return { status: 'skipped', found: unreadTexts[why], fix: unreadFixes[why] }
}

/** The verdict that something is wrong. */
export function reject(
  cause: CheckCause,
  found: string,
  mend: Omit<Verdict, 'status' | 'found' | 'cause'> = {},
): Verdict {
  return { status: 'failed', found: toPrintable(found), cause, fix: toFix(cause), ...mend }
}

/** The verdict on a failure of the kind that requests meet, too. */
export function rejectFailure(
  failure: Failure,
  mend: Pick<Verdict, 'command' | 'fix'> = {},
): Verdict {
  const { cause, certainty, evidence, candidates } = failure
  const seen = evidence.length > 0 ? ` (${evidence.join(', ')})` : ''
  const open = certainty === 'undetermined' ? `; it could be ${candidates.join(', ')}` : ''
  const likely = certainty === 'likely' ? 'likely ' : ''
  return reject(cause, `${likely}${cause}${seen}${open}`, mend)
}

/** One sentence that mends a cause. */
export function toFix(cause: CheckCause): string {
  return isSetupCause(cause) ? setupFixes[cause] : toCause(cause).fix
}

/** Whether a cause is one of the doctor's own, which no request can fail by. */
export function isSetupCause(cause: CheckCause): cause is SetupCause {
  return Object.hasOwn(setupFixes, cause)
}
