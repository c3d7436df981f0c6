import type { CauseName } from '../causes/catalogue.ts'
import type { Certainty } from '../causes/cause.ts'
import { type CheckCauseName, checkCauses } from '../causes/doctor.ts'
import { publicRows } from '../causes/public-rows.ts'
import { parseJsonObject } from '../json.ts'

/** What the proxy itself says in a pasted text: one record, or the causes that its answer can have. */
export interface ProxySaid {
  readonly from: 'record' | 'answer'
  readonly causes: readonly CheckCauseName[]
  /** Given by a record; an answer does not say it. */
  readonly certainty: Certainty | undefined
  readonly candidates: readonly string[]
}

/** Of a whole log, the last lines that may be records. */
const mostLines = 5000

/**
 * Finds what the proxy says in a pasted text: a line of its log, or the body of its answer. Undefined where
 * nothing in it is the proxy's.
 *
 * @param requestId picks one of several records; the last failed one counts where it is undefined
 */
export function readProxyText(text: string, requestId: string | undefined): ProxySaid | undefined {
  return readRecord(text, requestId) ?? readAnswer(text)
}

function readRecord(text: string, requestId: string | undefined): ProxySaid | undefined {
  const records = text
    .split('\n')
    .filter((line) => line.includes('{') && line.includes('cause'))
    .filter((line) => requestId === undefined || line.includes(requestId))
    .slice(-mostLines)
    .map((line) => parseJsonObject(line.slice(line.indexOf('{'), line.lastIndexOf('}') + 1)))
    .concat(parseJsonObject(text.trim()))
    .filter((one) => one !== undefined)
    .filter((one) => requestId === undefined || one['request_id'] === requestId)
  const record = records.findLast((one) => isCheckCause(one['cause']))
  const cause = record?.['cause']
  if (!isCheckCause(cause)) return undefined
  const candidates = record?.['candidates']
  return {
    from: 'record',
    causes: [cause],
    certainty: toCertainty(record?.['certainty']),
    candidates: Array.isArray(candidates) ? candidates.filter(isSlug) : [],
  }
}

function readAnswer(text: string): ProxySaid | undefined {
  const linked = /\/([a-z_]{3,40})\.(?:md|html)\b/.exec(text)?.[1]
  const isAnswer = isCause(linked) && !isOfAnotherError(text, linked)
  const causes = isAnswer
    ? [linked]
    : Object.values(publicRows)
        .filter(({ error, description, descriptionForCode = description }) => {
          const isSaid = [description, descriptionForCode].some((said) => text.includes(said))
          return isSaid && text.includes(error)
        })
        .map(({ id }) => id)
  if (causes.length === 0) return undefined
  // Somebody may only have read that page.
  const certainty = isAnswer && !text.includes('error_uri') ? 'likely' : undefined
  return { from: 'answer', causes, certainty, candidates: [] }
}

/** Whether the text has an error that the answer of this cause never has. */
function isOfAnotherError(text: string, cause: CauseName): boolean {
  const said = /"error"\s{0,4}:\s{0,4}"([a-z_]{1,40})"/.exec(text)?.[1]
  return said !== undefined && said !== publicRows[cause].error
}

function isCause(name: string | undefined): name is CauseName {
  return name !== undefined && Object.hasOwn(publicRows, name)
}

function isCheckCause(name: unknown): name is CheckCauseName {
  return typeof name === 'string' && Object.hasOwn(checkCauses, name)
}

function isSlug(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z][a-z0-9_]{2,60}$/.test(value)
}

function toCertainty(value: unknown): Certainty | undefined {
  return value === 'proved' || value === 'likely' || value === 'undetermined' ? value : undefined
}
