import { type CauseName, causes, type Failure, fail, toCause } from '../core/causes/catalogue.ts'
import { type Facts, grantTypes } from '../core/causes/cause.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Measures } from '../core/record.ts'

/** What became of one exchange, as the function itself would hand it to its record. */
export interface Exchange {
  readonly outcome: Outcome
  readonly measures: Measures
}

const causeNames = Object.keys(causes) as readonly CauseName[]

/** One exchange in so many fails, more than in any healthy deployment. */
const failsOneIn = 10
const coldOneIn = 200
const signOutOneIn = 20
/** How many exchanges a sandbox serves before the age of its secret is up. */
const secretReadOneIn = 100

/**
 * How many exchanges it takes until every cause was met with every client and every amount of evidence;
 * over so many, or a multiple, the sizes are those of any other such run.
 */
export function toWholeRun(clients: readonly string[]): number {
  return failsOneIn * causeNames.length * (clients.length + 1) * evidenceCounts.length
}

/** Makes the exchange of this number: all clients, grants and causes in turn, and the same at each run. */
export function toExchange(index: number, clients: readonly string[]): Exchange {
  const isFailure = index % failsOneIn === failsOneIn - 1
  return {
    outcome: isFailure
      ? toFailed(Math.floor(index / failsOneIn), clients)
      : toSucceeded(index, clients),
    measures: {
      // Of the form and length of API Gateway's own ids.
      requestId: `${(index + 36 ** 7).toString(36).padEnd(15, 'x')}=`,
      totalMs: 75 + toSpread(index, 160),
      remainingMs: 14_900 - toSpread(index, 160),
      isColdStart: index % coldOneIn === 0,
    },
  }
}

function toSucceeded(index: number, clients: readonly string[]): Outcome {
  const read = toSecretRead(index)
  return {
    client: clients[index % clients.length] ?? 'unknown',
    // A sign-out has no grant.
    grantType: index % signOutOneIn === 3 ? undefined : toGrantType(Math.floor(index / 2)),
    result: { ok: true, value: undefined },
    facts: { ...toFacts(index), ...read.facts },
    secretFetches: read.fetches,
  }
}

/** Now and then the secret is read anew, and now and then that fails and the old one has to do. */
function toSecretRead(index: number): {
  readonly facts: Partial<Facts>
  readonly fetches: Outcome['secretFetches']
} {
  if (index % secretReadOneIn !== 0) return { facts: {}, fetches: [] }
  return index % (secretReadOneIn * failsOneIn) === 0
    ? { facts: { secretSource: 'stale', secretMs: 24.6 }, fetches: ['failed'] }
    : {
        facts: { secretSource: 'fetched', secretMs: 24.6, secretAgeSeconds: 0 },
        fetches: ['ok'],
      }
}

function toFailed(turn: number, clients: readonly string[]): Outcome {
  const cause = causeNames[turn % causeNames.length] ?? 'unforeseen'
  const round = Math.floor(turn / causeNames.length)
  const known = [...clients, 'unknown']
  const failure = toFailure(cause, round, Math.floor(round / known.length))
  const isRead = failure.facts.secretMs !== undefined
  return {
    client: known[round % known.length] ?? 'unknown',
    // What is refused before its grant is known has none.
    grantType: isRead ? toGrantType(round) : [...grantTypes, undefined][round % 3],
    result: failure,
    facts: failure.facts,
    secretFetches: cause.startsWith('secret_') ? ['failed'] : [],
  }
}

/** How many slugs of evidence a failure can have, in turn. */
const evidenceCounts = [1, 2, 0] as const

function toFailure(name: CauseName, round: number, turn: number): Failure {
  const { details = {}, evidence = [], facts } = toCause(name)
  const known = { ...toFacts(round), upstreamStatus: 400, upstreamError: 'invalid_grant' }
  const given = Object.entries(known).filter(([fact]) => facts.includes(fact as keyof Facts))
  return {
    ...fail(name),
    detail: Object.keys(details)[turn],
    evidence: evidence.slice(0, evidenceCounts[turn % evidenceCounts.length]),
    facts: Object.fromEntries(given),
  }
}

function toGrantType(index: number) {
  return grantTypes[index % grantTypes.length]
}

/** Of the sizes that are met in Cognito's own Region; its request ids are UUIDs. */
function toFacts(index: number): Omit<Facts, 'upstreamError'> {
  return {
    attempts: 1,
    upstreamMs: 60.5 + toSpread(index, 150),
    upstreamStatus: 200,
    upstreamRequestId: `${(index + 16 ** 7).toString(16)}-4f6d-4c1b-9a53-7b0f2c9d1e84`,
    secretMs: 0.1,
    secretSource: 'cache',
    secretAgeSeconds: 0.5 + toSpread(index, 300),
    remainingMs: 14_900.4 - toSpread(index, 160),
  }
}

/** Spreads numbers over a range without chance. */
function toSpread(index: number, range: number): number {
  return (index * 37) % range
}
