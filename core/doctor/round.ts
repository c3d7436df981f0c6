import { fail } from '../causes/catalogue.ts'
import type { Check } from './findings.ts'
import { type ClientReport, toReport } from './report.ts'
import { reject, rejectFailure } from './verdict.ts'

/** Lambda's time limit for a round, shorter than the time between two: 40 clients that hang need 80 s. */
export const doctorTimeoutSeconds = 120

/** How many clients are checked at once: each makes four describe calls, and Cognito allows five of a kind a second and pool. */
export const clientsAtOnce = 4

/** How long the asks about one client may take, in milliseconds: the first all at once, then the probe. */
export const askLimitsMs = { firstAsks: 3000, probe: 5000 } as const

/** What has to be left for the checks of one more client, and for writing what they found. */
const oneMoreCheckMs = askLimitsMs.firstAsks + askLimitsMs.probe + 2000

/** Whether the checks of one more client are sure to end in time, by the milliseconds that are left. */
export function isTimeForOneMore(remainingMs: number): boolean {
  return remainingMs >= oneMoreCheckMs
}

/** What one round over the configured clients came to. */
export interface Round {
  readonly isWell: boolean
  readonly reports: readonly ClientReport[]
}

/** Puts the reports of a round together; a round without any has checked nothing. */
export function toRound(reports: readonly ClientReport[]): Round {
  return { isWell: reports.length > 0 && reports.every(({ isWell }) => isWell), reports }
}

/** The report of a client that a round had no time left for. */
export function toUncheckedReport(client: string): ClientReport {
  const found = 'the round reached its time limit before this client'
  return toReport(client, [toWhole(reject('client_not_checked', found))])
}

/** The report of a client whose checks crashed, or of a round that did. */
export function toCrashReport(client: string): ClientReport {
  return toReport(client, [toWhole(rejectFailure(fail('unforeseen')))])
}

/** One that stands for all checks, since none of them was made. */
function toWhole(verdict: Omit<Check, 'name'>): Check {
  return { name: 'all', ...verdict }
}
