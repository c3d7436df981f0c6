/** What was found, or why it could not be found out: the name of the error. */
export type Looked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: string }

/** One line for the operator: what was found, and what to do about it. */
export interface Remark {
  readonly says: string
  readonly fix: string
}

/** One thing that was looked at: it stops the deployment, or could not be looked at, or is well. */
export interface Judged {
  readonly problem?: Remark
  readonly unchecked?: Remark
}

export const well: Judged = {}

const checkYourself = 'The deployment goes on without this check.'

/** Stops the deployment, and says why. */
export function stop(says: string, fix: string): Judged {
  return { problem: { says, fix } }
}

/** Lets the deployment go on without a check that was not possible. */
export function skip(what: string, error: string): Judged {
  return { unchecked: { says: `${what} could not be checked (${error})`, fix: checkYourself } }
}
