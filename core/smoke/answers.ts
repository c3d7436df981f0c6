import { toCauseLookup } from '../causes/answered.ts'
import { type CauseName, toCause } from '../causes/catalogue.ts'
import { publicRows } from '../causes/public-rows.ts'
import { parseJsonObject } from '../json.ts'
import type { SmokeAnswer, SmokeVerdict } from './target.ts'

/** Makes the verdict of a check that went well. */
export function pass(found: string): SmokeVerdict {
  return { status: 'ok', found }
}

/** Makes the verdict of a check that found something wrong. */
export function reject(found: string, fix: string): SmokeVerdict {
  return { status: 'failed', found, fix }
}

/** The headers that every answer of the proxy has. */
const commonHeaders: Readonly<Record<string, RegExp>> = {
  'content-type': /^application\/json\b/,
  'cache-control': /\bno-store\b/,
  pragma: /\bno-cache\b/,
  'x-content-type-options': /^nosniff$/,
  'x-request-id': /./,
}
/** What Cognito and web frameworks add, and the proxy never passes on. */
const foreignHeaders = ['x-powered-by', 'x-amz-cognito-request-id', 'x-amz-request-id']

/** Finds the headers that an answer of the proxy must have and this one lacks. */
function findMissingHeaders({ headers }: SmokeAnswer): readonly string[] {
  return Object.entries(commonHeaders)
    .filter(([name, form]) => !form.test(headers[name] ?? ''))
    .map(([name]) => name)
}

/** Judges the headers of all answers together: those that they lack, and those that nobody should see. */
export function judgeHeaders(answers: readonly SmokeAnswer[]): SmokeVerdict {
  const missing = [...new Set(answers.flatMap(findMissingHeaders))]
  if (missing.length > 0) {
    const fix = 'Look for what changes answers on the way, such as a CDN or another proxy.'
    return reject(`answers come without ${missing.join(', ')}`, fix)
  }
  const foreign = foreignHeaders.filter((name) =>
    answers.some(({ headers }) => headers[name] !== undefined),
  )
  if (foreign.length > 0) {
    const fix = 'Find the server in front of the proxy that adds them, and remove them there.'
    return reject(`answers have ${foreign.join(', ')}, which the proxy never sends`, fix)
  }
  return pass(`${answers.length} answers have the headers that they must have, and no others`)
}

/**
 * Judges an answer that must be the refusal by one cause, which the fixed text of its description proves.
 *
 * @param what what was sent, as the subject of a sentence
 */
export function judgeRefusal(answer: SmokeAnswer, name: CauseName, what: string): SmokeVerdict {
  const found = findCauses(answer)
  if (found.includes(name)) return pass(`${what} is refused: ${answer.status} ${toWord(answer)}`)
  return rejectOther(answer, what)
}

/** Rejects an answer other than the expected one, and says where its reason can be read. */
export function rejectOther(answer: SmokeAnswer, what: string): SmokeVerdict {
  const fields = parseJsonObject(answer.body)
  if (typeof fields?.['error'] !== 'string') {
    return reject(
      `${what} is answered with ${answer.status} by something other than the proxy`,
      toElsewhere,
    )
  }
  const [cause] = findCauses(answer)
  const word = `${answer.status} ${toWord(answer)}`
  if (cause !== undefined && toCause(cause).fault === 'caller') {
    return reject(`${what} is answered with ${word}: ${cause}`, toCause(cause).fix)
  }
  const id = answer.headers['x-request-id'] ?? 'of this request'
  const fix = `Find the record with request_id ${id} in the log of the function: its cause and fix say what is wrong. Then run npm run doctor -- --stage STAGE.`
  return reject(`${what} is answered with ${word}`, fix)
}

const toElsewhere =
  'Check that the URL is the address that the deployment prints, with the base path of a custom domain name if it has one.'

function toWord({ body }: SmokeAnswer): string {
  const word = parseJsonObject(body)?.['error']
  return typeof word === 'string' && /^[a-z_]{1,40}$/.test(word) ? word : 'without an error'
}

/** Finds the causes whose fixed texts an answer has; those of the operator's share theirs. */
export function findCauses({ status, body }: SmokeAnswer): readonly CauseName[] {
  const { error, error_description: errorDescription } = parseJsonObject(body) ?? {}
  if (typeof error !== 'string' || typeof errorDescription !== 'string') return []
  return lookup.findCauses({ status, error, errorDescription }).map(({ id }) => id)
}

const lookup = toCauseLookup(publicRows)
