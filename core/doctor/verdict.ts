import type { Failure } from '../causes/catalogue.ts'
import { type CheckCauseName, toCheckCause } from '../causes/doctor.ts'
import type { UnreadReason, Verdict } from './findings.ts'
import { toPrintable } from './printable.ts'

const unreadTexts: Readonly<Record<UnreadReason, string>> = {
  absent: 'skipped: Cognito has no such user pool or app client',
  denied: 'skipped: no permission to describe it',
  unanswered: 'skipped: Cognito did not answer in time',
  unnamed: 'skipped: userPoolId is not set',
}

const unreadFixes: Readonly<Record<UnreadReason, string | undefined>> = {
  absent: undefined,
  denied:
    'Allow cognito-idp:DescribeUserPoolClient, ListUserPoolClientSecrets and DescribeUserPool on the user pool.',
  unanswered: 'Run the doctor again.',
  unnamed: 'Set userPoolId of the client, so that the doctor can read its configuration.',
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
export function skip(why: UnreadReason): Verdict {
  return { status: 'skipped', found: unreadTexts[why], fix: unreadFixes[why] }
}

/** The verdict that something is wrong. */
export function reject(
  cause: CheckCauseName,
  found: string,
  more: Omit<Verdict, 'status' | 'found' | 'cause'> = {},
): Verdict {
  return {
    status: 'failed',
    found: toPrintable(found),
    cause,
    fix: toCheckCause(cause).fix,
    ...more,
  }
}

/** The verdict on a failure of the kind that requests meet, too. */
export function rejectFailure(
  failure: Failure,
  more: Pick<Verdict, 'command' | 'fix'> = {},
): Verdict {
  const { cause, certainty, evidence, candidates } = failure
  const seen = evidence.length > 0 ? ` (${evidence.join(', ')})` : ''
  const open = certainty === 'undetermined' ? `; it could be ${candidates.join(', ')}` : ''
  const likely = certainty === 'likely' ? 'likely ' : ''
  return reject(cause, `${likely}${cause}${seen}${open}`, more)
}
