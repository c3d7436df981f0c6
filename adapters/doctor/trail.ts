import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import {
  parseTrailEvent,
  parseTrailPage,
  type TrailEvent,
  trailEventNames,
} from '../../core/doctor/trail.ts'

/** The events of one app client, or why they could not be read. */
export type TrailReading =
  | {
      readonly ok: true
      readonly events: readonly TrailEvent[]
      /** Every event since then was read. */
      readonly completeSinceMs: number
    }
  | { readonly ok: false; readonly why: string }

const run = promisify(execFile)
/** AWS allows two calls a second, of 50 events each. */
const mostEvents = 200
const timeoutMs = 60_000
const mostBytes = 16_777_216

const failed =
  'the AWS CLI could not read it; your credentials need cloudtrail:LookupEvents in the Region of the user pool'
const missing = 'the AWS CLI is not installed'

/**
 * Reads the newest sign-ins and exchanges of an app client from the event history of CloudTrail, which every
 * account has. It asks the AWS CLI, which the commands of the doctor need anyway, so that no further client of
 * AWS is installed for it. An event appears in the history some minutes after the request.
 *
 * @param sinceMs milliseconds since 1970
 * @param signal ends the reading before its own limit
 */
export async function askTrail(
  region: string,
  clientId: string,
  sinceMs: number,
  signal?: AbortSignal,
): Promise<TrailReading> {
  try {
    const events: TrailEvent[] = []
    let completeSinceMs = sinceMs
    for (const name of trailEventNames) {
      const { stdout } = await run('aws', toWords(name, region, sinceMs), { ...limits, signal })
      const page = parseTrailPage(stdout)
      if (page === undefined) return { ok: false, why: failed }
      events.push(...page.texts.flatMap((text) => parseTrailEvent(text, clientId) ?? []))
      completeSinceMs = Math.max(completeSinceMs, page.oldestMs ?? sinceMs)
    }
    return { ok: true, events, completeSinceMs }
  } catch (thrown) {
    const isMissing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
    return { ok: false, why: isMissing ? missing : failed }
  }
}

const limits = { timeout: timeoutMs, maxBuffer: mostBytes }

function toWords(name: string, region: string, sinceMs: number): readonly string[] {
  return [
    ...['cloudtrail', 'lookup-events', '--region', region, '--output', 'json'],
    ...['--lookup-attributes', `AttributeKey=EventName,AttributeValue=${name}`],
    ...['--start-time', new Date(sinceMs).toISOString(), '--max-items', String(mostEvents)],
  ]
}
