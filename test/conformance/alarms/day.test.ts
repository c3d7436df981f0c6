// The lines are those of the function's own writer, `adapters/request-record.ts`; the clock is the drill's.
import assert from 'node:assert/strict'
import test from 'node:test'
import type { CauseName } from '../../../core/causes/catalogue.ts'
import { watchModes } from '../../../core/settings/table.ts'
import {
  assertQuiet,
  comeUp,
  type Drill,
  failing,
  openDrill,
  repeat,
  succeeding,
} from '../../fixtures/conformance/alarm-drill.ts'
import { chooseSeed, openRandom } from '../../fixtures/core/seeded-random.ts'

const minutesOfDay = 1440

/** What users, developers and bots get wrong every day, with how often each is met in a thousand requests. */
const usualMistakes: readonly (readonly [cause: CauseName, perThousand: number])[] = [
  ['refresh_token_rejected', 20],
  ['code_already_used', 6],
  ['refresh_token_rotated_out', 5],
  ['code_rejected', 4],
  ['route_not_found', 8],
  ['method_not_allowed', 2],
  ['origin_not_allowed', 3],
  ['parameter_missing', 2],
  ['client_unknown', 1],
  ['pkce_verifier_missing', 1],
  ['redirect_uri_mismatch', 1],
  ['redirect_uri_not_allowed', 1],
]

/** What goes wrong now and then at Cognito and in the network, each time for one request. */
const usualHiccups: readonly (readonly [cause: CauseName, tookMs: number])[] = [
  ['cognito_timeout', 9900],
  ['cognito_connection_lost', 2500],
  ['cognito_error', 400],
  ['cognito_throttled', 200],
]
const hiccupsPerDay = 10
/** A browser that sends the same dead token again and again, and a bot that looks for admin pages. */
const burstsPerDay = 6

/** Sparse at night and dense in the afternoon. */
function toRequestsPerMinute(minute: number): number {
  const wave = Math.sin(((minute / minutesOfDay) * 2 - 0.75) * Math.PI)
  return 0.5 + 9 * Math.max(0, (wave + 0.6) / 1.6)
}

/** Chooses by a number up to a thousand, most of which stand for a request that goes well. */
function chooseMistake(number: number): CauseName | undefined {
  const causes = usualMistakes.flatMap(([cause, share]) => Array<CauseName>(share).fill(cause))
  return causes[Math.floor(number)]
}

/** Writes what comes in within one minute. */
function writeMinute(drill: Drill, minute: number, random: () => number): void {
  const expected = toRequestsPerMinute(minute)
  const requests = Math.floor(expected + random() * 2 * Math.sqrt(expected))
  for (let sent = 0; sent < requests; sent += 1) {
    const mistake = chooseMistake(random() * 1000)
    // One in five hundred is slow, by a cold start or a retry.
    const tookMs = random() < 0.002 ? 2500 : 80 + random() * 250
    drill.write(mistake === undefined ? succeeding(tookMs) : failing(mistake, 20))
  }
  if (random() < hiccupsPerDay / minutesOfDay) {
    const [cause, tookMs] = usualHiccups[Math.floor(random() * usualHiccups.length)] ?? []
    drill.write(failing(cause ?? 'cognito_timeout', tookMs))
  }
  if (random() < burstsPerDay / minutesOfDay) {
    const cause = random() < 0.5 ? 'refresh_token_rotated_out' : 'route_not_found'
    repeat(drill, 25, failing(cause, 20))
  }
}

for (const watch of watchModes) {
  test(`a day of healthy traffic with its usual mistakes and hiccups gives no alarm and pages nobody, with ${watch} metrics`, (t) => {
    const seed = chooseSeed()
    t.diagnostic(`SEED=${seed}`)
    const random = openRandom(seed)
    const drill = openDrill(random, { watch })
    comeUp(drill)
    drill.pass(minutesOfDay, (minute) => writeMinute(drill, minute, random))
    assert.deepEqual([drill.notices(), drill.pages()], [[], []])
    assertQuiet(drill)
  })
}
