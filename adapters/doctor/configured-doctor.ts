import { toRefusedChecks } from '../../core/doctor/checks.ts'
import { type ClientReport, toReport } from '../../core/doctor/report.ts'
import {
  clientsAtOnce,
  isTimeForOneMore,
  type Round,
  toCrashReport,
  toRound,
  toUncheckedReport,
} from '../../core/doctor/round.ts'
import {
  type Client,
  type Environment,
  parseSettings,
  type Settings,
} from '../../core/settings/settings.ts'
import { textSettings } from '../../core/settings/table.ts'
import { type Clock, systemClock } from '../clock.ts'
import { openRequestRecords, type RequestRecords } from '../request-record.ts'
import { openStandardOutput } from '../standard-output.ts'
import { type Doctor, openDoctor } from './doctor.ts'

/** Which clients to check, for how long, and who wants to know at once. */
export interface RoundRequest {
  /** The only client to check; every client where it is undefined. */
  readonly client?: string | undefined
  /** Milliseconds until the process is ended; never where nobody says. */
  readonly remainingMs?: (() => number) | undefined
  /** Takes the report of each client as soon as it is checked, so that a later hang cannot lose it. */
  readonly onReport?: (report: ClientReport) => void
}

/** The doctor under the settings of one environment, with everything that outlives a round. */
export interface ConfiguredDoctor {
  readonly records: RequestRecords
  readonly runbookUrl: string
  /** What is wrong with the settings; empty where they may be used. */
  readonly problems: readonly string[]
  /** Undefined where they were refused. */
  readonly settings: Settings | undefined
  /** Checks the clients; no report where there is no client of the name. */
  readonly check: (request: RoundRequest) => Promise<Round>
  readonly close: () => void
}

/** Opens the doctor from the environment of the functions; it never throws. */
export function openConfiguredDoctor(
  environment: Environment,
  clock: Clock = systemClock,
): ConfiguredDoctor {
  const parsed = parseSettings(environment)
  const names = parsed.ok
    ? parsed.settings
    : { ...parsed, runbookUrl: textSettings.runbookUrl.byDefault }
  const records = openRequestRecords(names, openStandardOutput(), clock)
  const named = { records, runbookUrl: names.runbookUrl }
  if (!parsed.ok) {
    const { problems } = parsed
    const refused = toReport('unknown', toRefusedChecks(problems))
    const check = async ({ onReport }: RoundRequest) => {
      onReport?.(refused)
      return toRound([refused])
    }
    return { ...named, problems, settings: undefined, check, close: () => {} }
  }
  const { settings } = parsed
  const doctor = openDoctor(settings, clock)
  const check = (request: RoundRequest) => {
    const clients = [...settings.clients.values()].filter(
      ({ name }) => request.client === undefined || request.client === name,
    )
    return checkClients(doctor, clients, request)
  }
  return { ...named, problems: [], settings, check, close: doctor.close }
}

/** Checks a few clients at once, each as soon as one before it is done, while there is time for one more. */
export async function checkClients(
  doctor: Pick<Doctor, 'check'>,
  clients: readonly Client[],
  { remainingMs = () => Number.POSITIVE_INFINITY, onReport }: RoundRequest,
): Promise<Round> {
  const reports = new Map<Client, ClientReport>()
  const waiting = clients.values()
  const checkWaiting = async () => {
    for (const client of waiting) {
      const report = isTimeForOneMore(remainingMs())
        ? await doctor.check(client).catch(() => toCrashReport(client.name))
        : toUncheckedReport(client.name)
      reports.set(client, report)
      onReport?.(report)
    }
  }
  await Promise.all(Array.from({ length: clientsAtOnce }, checkWaiting))
  return toRound(clients.flatMap((client) => reports.get(client) ?? []))
}
