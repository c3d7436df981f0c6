import type { MiddlewareObj, Request } from '@middy/core'
import { fail } from '../../core/causes/catalogue.ts'
import { toRefusedChecks } from '../../core/doctor/checks.ts'
import {
  type ClientReport,
  toCheckMetrics,
  toCheckRecords,
  toReport,
} from '../../core/doctor/report.ts'
import { rejectFailure } from '../../core/doctor/verdict.ts'
import { type Environment, parseSettings, type Settings } from '../../core/settings/settings.ts'
import { textSettings } from '../../core/settings/table.ts'
import { type Clock, systemClock } from '../clock.ts'
import { openRequestRecords, type RequestRecords } from '../request-record.ts'
import { type Doctor, openDoctor } from './doctor.ts'

/** What one round over the configured clients came to. */
export interface Round {
  readonly isWell: boolean
  readonly reports: readonly ClientReport[]
}

/** Everything that outlives a round in one process. */
export interface DoctorShell {
  readonly records: RequestRecords
  readonly runbookUrl: string
  /** What is wrong with the settings; empty where they may be used. */
  readonly problems: readonly string[]
  /** Undefined where they were refused. */
  readonly settings: Settings | undefined
  /** Checks every client, or the one of this name; no report where there is no such client. */
  readonly check: (name?: string) => Promise<Round>
  readonly close: () => void
}

/** Checked at once; each makes four describe calls, and Cognito allows five of a kind a second and pool. */
const clientsAtOnce = 4

/** Opens the doctor from the environment of the functions; it never throws. */
export function openDoctorShell(environment: Environment, clock: Clock = systemClock): DoctorShell {
  const parsed = parseSettings(environment)
  const names = parsed.ok
    ? parsed.settings
    : { service: parsed.service, runbookUrl: textSettings.runbookUrl.byDefault }
  const records = openRequestRecords(names, (line) => process.stdout.write(`${line}\n`), clock)
  const named = { records, runbookUrl: names.runbookUrl }
  if (!parsed.ok) {
    const { problems } = parsed
    const refused = toRound([toReport('unknown', toRefusedChecks(problems))])
    return {
      ...{ ...named, problems, settings: undefined },
      ...{ check: async () => refused, close: () => {} },
    }
  }
  const { settings } = parsed
  const doctor = openDoctor(settings, clock)
  return {
    ...named,
    problems: [],
    settings,
    check: (name) => checkClients(doctor, settings, name),
    close: doctor.close,
  }
}

async function checkClients(
  doctor: Doctor,
  settings: Settings,
  name: string | undefined,
): Promise<Round> {
  const clients = [...settings.clients.values()].filter(
    (client) => name === undefined || client.name === name,
  )
  const reports: ClientReport[] = []
  for (let first = 0; first < clients.length; first += clientsAtOnce) {
    const some = clients.slice(first, first + clientsAtOnce)
    reports.push(...(await Promise.all(some.map(doctor.check))))
  }
  return toRound(reports)
}

function toRound(reports: readonly ClientReport[]): Round {
  return { isWell: reports.length > 0 && reports.every((report) => report.isWell), reports }
}

/** Makes the round that an event asks for: a schedule's asks for all clients, `{ client }` for one. */
export function openRounds(shell: DoctorShell): (event: unknown) => Promise<Round> {
  return (event) => {
    const isNamed = typeof event === 'object' && event !== null && 'client' in event
    return shell.check(isNamed && typeof event.client === 'string' ? event.client : undefined)
  }
}

type Call = Request<unknown, Round>

/** Writes the records and metrics of a round, whatever became of it. */
export function checkRecords(shell: DoctorShell): MiddlewareObj<unknown, Round> {
  if (shell.problems.length > 0) shell.records.writeProblems(shell.problems)
  const write = ({ response }: Call) => {
    for (const report of response?.reports ?? []) {
      shell.records.writeChecks({
        isWell: report.isWell,
        records: toCheckRecords(report, shell.runbookUrl),
        metrics: toCheckMetrics(report),
      })
    }
  }
  return { after: write, onError: write }
}

/** Turns a crash into a round that has failed, so that it is recorded and counted like any other. */
export function crashRound(): MiddlewareObj<unknown, Round> {
  return {
    onError: (call: Call) => {
      const check = { name: 'settings' as const, ...rejectFailure(fail('unforeseen')) }
      call.response = toRound([toReport('unknown', [check])])
    },
  }
}
