import { causes } from './catalogue.ts'
import type { Cause, Fault } from './cause.ts'

/** What a check of the doctor reads of a cause, whether or not a request can end with it. */
export interface CheckCause {
  readonly fault: Fault
  /** One sentence: what fixes it. */
  readonly fix: string
}

/** What only the doctor finds: no request can end with it. */
interface DoctorCause extends CheckCause {
  /** It fails no exchange and may last for days, so that its alarm must not hide an outage. */
  readonly canWait: boolean
}

/** Found by the doctor alone: what fails no request, or fails only at sign-in, before the proxy. */
export const doctor = {
  user_pool_not_found: {
    fault: 'operator',
    canWait: true,
    fix: 'Set userPoolId of the client to that of a user pool in this account.',
  },
  scopes_missing: {
    fault: 'operator',
    canWait: true,
    fix: 'Allow the app client at least the scope openid.',
  },
  identity_providers_missing: {
    fault: 'operator',
    canWait: true,
    fix: 'Allow the app client at least one identity provider.',
  },
  refresh_settings_differ: {
    fault: 'operator',
    canWait: true,
    fix: "Set refreshTokenRotation and retryGracePeriodSeconds of the client to the app client's own.",
  },
  clock_skewed: {
    fault: 'operator',
    canWait: true,
    fix: 'Set the clock of this machine; signatures and lifetimes depend on it.',
  },
  regions_differ: {
    fault: 'operator',
    canWait: true,
    fix: 'Make the second Region like the primary one: replicate the secrets and the user pool, and deploy both stages from the same commit.',
  },
  client_not_checked: {
    fault: 'operator',
    canWait: false,
    fix: 'Fix what the other clients of the round wait for, such as a domain that does not answer, and check this client with npm run doctor -- --stage STAGE.',
  },
} as const satisfies Readonly<Record<string, DoctorCause>>

/** The name of a cause that only the doctor finds. */
export type DoctorCauseName = keyof typeof doctor

/** Every cause that a check can fail by: what requests meet, and what only the doctor finds. */
export const checkCauses = { ...causes, ...doctor } as const

/** The name of a cause that a check can fail by. */
export type CheckCauseName = keyof typeof checkCauses

/** The names of the causes that only the doctor finds, in the order of their rows. */
export const doctorCauseNames = Object.keys(doctor) as readonly DoctorCauseName[]

/** The names of all causes that a check can fail by. */
export const checkCauseNames = Object.keys(checkCauses) as readonly CheckCauseName[]

/** Looks up what a check reads of a cause. */
export function toCheckCause(name: CheckCauseName): CheckCause {
  return checkCauses[name]
}

/**
 * What the findings of one kind do: requests fail for a reason that passes, or until somebody repairs a
 * setting, or no exchange fails.
 */
export const checkKinds = ['outage', 'setup', 'waiting'] as const
/** The name of a kind of finding. */
export type CheckKind = (typeof checkKinds)[number]

/** Tells the kind of a finding, which decides whom it wakes. */
export function toCheckKind(name: CheckCauseName): CheckKind {
  const cause: Partial<DoctorCause> & Pick<Cause, 'fault' | 'alarm'> = checkCauses[name]
  if (cause.canWait !== undefined) return cause.canWait ? 'waiting' : 'outage'
  return cause.alarm !== undefined && cause.alarm.area === undefined ? 'outage' : 'setup'
}
