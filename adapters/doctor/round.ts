import type { MiddlewareObj, Request } from '@middy/core'
import { type ClientReport, toCheckMetrics, toCheckRecords } from '../../core/doctor/report.ts'
import { type Round, toCrashReport, toRound } from '../../core/doctor/round.ts'
import type { ConfiguredDoctor } from './configured-doctor.ts'

/** What a round needs to know about its Lambda invocation. */
interface RoundContext {
  readonly getRemainingTimeInMillis?: () => number
}

/**
 * Makes the round that an event asks for, and writes what it found of each client at once: a schedule's
 * event asks for all clients, `{ client }` for one.
 */
export function openRounds(
  doctor: ConfiguredDoctor,
): (event: unknown, context: RoundContext) => Promise<Round> {
  if (doctor.problems.length > 0) doctor.records.writeProblems(doctor.problems)
  return (event, context) => {
    const isNamed = typeof event === 'object' && event !== null && 'client' in event
    return doctor.check({
      client: isNamed && typeof event.client === 'string' ? event.client : undefined,
      remainingMs: () => context.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY,
      onReport: (report) => writeReport(doctor, report),
    })
  }
}

/** Turns a crash into a round that has failed, so that it is recorded and counted like any other. */
export function crashRound(doctor: ConfiguredDoctor): MiddlewareObj<unknown, Round> {
  return {
    onError: (call: Request<unknown, Round>) => {
      const report = toCrashReport('unknown')
      writeReport(doctor, report)
      call.response = toRound([report])
    },
  }
}

function writeReport({ records, runbookUrl }: ConfiguredDoctor, report: ClientReport): void {
  records.writeChecks({
    isWell: report.isWell,
    records: toCheckRecords(report, runbookUrl),
    metrics: toCheckMetrics(report),
  })
}
