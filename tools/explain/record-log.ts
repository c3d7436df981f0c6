import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import type { Look } from '../../core/explain/look.ts'

/** Where the record of a request is looked for. */
export interface RecordSearch {
  readonly region: string
  /** The log groups of the functions that have records of requests, the likeliest first. */
  readonly logGroups: readonly string[]
  /** Of a form that cannot leave the quotes of a filter. */
  readonly requestId: string
  /** How many hours back. */
  readonly hours: number
  readonly signal: AbortSignal
}

/** The lines of one request, and where they are. */
export interface FoundRecord {
  readonly logGroup: string
  /** The time of the first one, in ISO 8601. */
  readonly at: string
  readonly text: string
}

const hourMs = 3_600_000

/** Looks the records of one request up in CloudWatch Logs; it only reads. */
export async function findRecord(search: RecordSearch): Promise<Look<FoundRecord>> {
  const logs = new CloudWatchLogsClient({ region: search.region, maxAttempts: 2 })
  let missing = 0
  try {
    for (const logGroup of search.logGroups) {
      const found = await searchGroup(logs, logGroup, search)
      if (found === 'no such group') missing += 1
      else if (found !== undefined) return { ok: true, logGroup, ...found }
    }
  } catch (thrown) {
    return { ok: false, why: toWhy(thrown, search) }
  } finally {
    logs.destroy()
  }
  if (missing === search.logGroups.length) {
    return {
      ok: false,
      why: `there is no log group ${search.logGroups.join(' or ')} in ${search.region}: is the stage deployed there?`,
    }
  }
  return {
    ok: false,
    isAbsent: true,
    why: `no record of the last ${search.hours} hours has this id. A record arrives up to some minutes late: try again, or go further back with --hours.`,
  }
}

/** A page may be empty and not be the last: CloudWatch Logs searches for a while and hands on where it is. */
async function searchGroup(
  logs: CloudWatchLogsClient,
  logGroupName: string,
  { requestId, hours, signal }: RecordSearch,
) {
  let nextToken: string | undefined
  do {
    const command = new FilterLogEventsCommand({
      ...{ logGroupName, nextToken, startTime: Date.now() - hours * hourMs },
      filterPattern: `{ $.request_id = "${requestId}" }`,
    })
    const page = await logs.send(command, { abortSignal: signal }).catch(orMissing)
    if (page === 'no such group') return page
    const [first] = page.events ?? []
    if (first?.message !== undefined) {
      const text = (page.events ?? []).map(({ message = '' }) => message).join('\n')
      return { text, at: new Date(first.timestamp ?? 0).toISOString() }
    }
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return undefined
}

function orMissing(thrown: unknown): 'no such group' {
  if (thrown instanceof Error && thrown.name === 'ResourceNotFoundException') return 'no such group'
  throw thrown
}

/** Names of errors are AWS's own, and quote nothing. */
function toWhy(thrown: unknown, { logGroups, signal }: RecordSearch): string {
  if (signal.aborted) return 'CloudWatch Logs did not finish in time: look for fewer --hours'
  const name = thrown instanceof Error ? thrown.name : ''
  if (/AccessDenied|NotAuthorized/.test(name)) {
    return `these credentials may not logs:FilterLogEvents on ${logGroups.join(' and ')}`
  }
  if (/Throttl|LimitExceeded/.test(name)) {
    return 'CloudWatch Logs has too many searches at the moment: try again in a minute'
  }
  return `CloudWatch Logs did not answer (${/^\w{1,60}$/.test(name) ? name : 'no reason given'}): try again`
}
