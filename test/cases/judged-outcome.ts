import type { CauseName } from '../../core/causes.ts'
import type { CaseOutcome, Prevention } from '../../infra/cases-page.ts'
import type { Line } from '../conformance/proxy.ts'
import type { SeenRequest } from '../conformance/scripted-upstream.ts'
import type { Cast } from './cast.ts'

/** Whether a record is that of a failure. */
export const isFailed = (record: Line) => record['outcome'] === 'failed'

/**
 * Reads from the judged turn's record, and from what Cognito was asked for it, what became of a way.
 * Throws where a prevention does not show.
 */
export function toOutcome(cast: Cast, record: Line, asked: readonly SeenRequest[]): CaseOutcome {
  const { prevention } = cast.way
  if (!isFailed(record)) {
    if (prevention === undefined) return { becomes: 'carried' }
    const isKept = asked.length > 0 && asked.every((request) => isSeen[prevention](request, cast))
    if (!isKept) throw new Error(`${prevention} does not show in what Cognito was asked`)
    return { becomes: 'impossible', by: prevention }
  }
  const cause = String(record['cause']) as CauseName
  const evidence = toTexts(record['evidence'])
  if (asked.length === 0) return { becomes: 'refused', cause, evidence }
  const certainty = record['certainty'] as 'proved' | 'likely' | 'undetermined'
  const candidates = toTexts(record['candidates'])
  return { becomes: 'diagnosed', cause, certainty, evidence, candidates }
}

const toTexts = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])

/** How each prevention shows in a request that Cognito got. */
const isSeen: Readonly<Record<Prevention, (request: SeenRequest, cast: Cast) => boolean>> = {
  basic_made_by_proxy: ({ headers }, { clientId, secret }) => {
    const [scheme, encoded = ''] = (headers.authorization ?? '').split(' ')
    const pair = Buffer.from(encoded, 'base64').toString()
    return scheme === 'Basic' && pair === `${clientId}:${secret}`
  },
  form_type_rebuilt: ({ headers }) =>
    headers['content-type'] === 'application/x-www-form-urlencoded',
  user_agent_always_sent: ({ headers }) => (headers['user-agent'] ?? '') !== '',
}
