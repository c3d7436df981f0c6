/** What lets requests through on their way, and how much of them. */
export interface Limits {
  /** The throttle of the HTTP API for exchanges. */
  readonly apiPerSecond: number
  readonly apiBurst: number
  /** How many sandboxes may run at once. */
  readonly sandboxes: number
  /** Cognito's quota of requests for one grant. */
  readonly cognitoPerSecond: number
}

/** How long things take, in milliseconds. */
export interface Times {
  /** An exchange in a warm sandbox. */
  readonly warmMs: number
  /** What a new sandbox takes longer: its start, the code, the secret and the first connection. */
  readonly coldMs: number
}

/** How the requests of one run ended. */
export interface Run {
  readonly requests: number
  readonly served: number
  /** 429 by the HTTP API, 503 by the HTTP API for Lambda, and 429 by the proxy for Cognito. */
  readonly shedBy: Readonly<Record<'api' | 'lambda' | 'cognito', number>>
  readonly mostSandboxes: number
  /** The reads of the secret by new sandboxes in the busiest second. */
  readonly mostReadsPerSecond: number
  /** When the last request was answered. */
  readonly endMs: number
}

/** How requests come in. */
export interface Load {
  /** When each request arrives, in order. */
  readonly arrivalsMs: readonly number[]
  /** How many sandboxes are warm when the first arrives. */
  readonly warmSandboxes: number
}

/** Numbers from 0 inclusive to 1 exclusive that a seed repeats: a linear congruential generator is even enough. */
export function openSeeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Makes so many arrivals at a steady rate that are independent of each other. */
export function arriveSteadily(
  perSecond: number,
  count: number,
  random: () => number,
): readonly number[] {
  let nowMs = 0
  return Array.from({ length: count }, () => {
    nowMs += (-Math.log(1 - random()) * 1000) / perSecond
    return nowMs
  })
}

/** A token bucket, full at first: `true` where it lets a request through. */
function openBucket(perSecond: number, burst: number): (nowMs: number) => boolean {
  let [tokens, filledMs] = [burst, 0]
  return (nowMs) => {
    tokens = Math.min(burst, tokens + ((nowMs - filledMs) * perSecond) / 1000)
    filledMs = nowMs
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}

/** The sandboxes of one function: each has one request at a time, and a new one starts where none is idle. */
function openSandboxes(most: number, warm: number) {
  /** When each busy one is idle again, in order. */
  const idleAtMs: number[] = []
  let idle = warm
  let all = warm
  let mostBusy = 0
  const insert = (endMs: number) => {
    let [low, high] = [0, idleAtMs.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((idleAtMs[middle] ?? 0) < endMs) low = middle + 1
      else high = middle
    }
    idleAtMs.splice(low, 0, endMs)
    mostBusy = Math.max(mostBusy, idleAtMs.length)
  }
  return {
    /** Takes a sandbox, warm or new; undefined where all are busy. */
    take: (nowMs: number): 'warm' | 'new' | undefined => {
      const done = idleAtMs.findIndex((endMs) => endMs > nowMs)
      idle += idleAtMs.splice(0, done === -1 ? idleAtMs.length : done).length
      if (idle > 0) {
        idle -= 1
        return 'warm'
      }
      if (all >= most) return undefined
      all += 1
      return 'new'
    },
    occupy: insert,
    mostBusy: () => mostBusy,
  }
}

/** The most of these instants that lie within one second. */
function countBusiestSecond(instantsMs: readonly number[]): number {
  const sorted = instantsMs.toSorted((one, other) => one - other)
  let [from, most] = [0, 0]
  for (const [at, instantMs] of sorted.entries()) {
    while ((sorted[from] ?? 0) <= instantMs - 1000) from += 1
    most = Math.max(most, at - from + 1)
  }
  return most
}

/**
 * Sends each request through the HTTP API, Lambda and Cognito in turn, each of which may shed it. Nothing is
 * sent again. The same seed gives the same run.
 */
export function simulate(load: Load, limits: Limits, times: Times, random: () => number): Run {
  const passesApi = openBucket(limits.apiPerSecond, limits.apiBurst)
  const passesCognito = openBucket(limits.cognitoPerSecond, limits.cognitoPerSecond)
  const sandboxes = openSandboxes(limits.sandboxes, Math.min(load.warmSandboxes, limits.sandboxes))
  const shedBy = { api: 0, lambda: 0, cognito: 0 }
  const readsMs: number[] = []
  const asksMs: number[] = []
  let endMs = 0
  for (const nowMs of load.arrivalsMs) {
    if (!passesApi(nowMs)) {
      shedBy.api += 1
      continue
    }
    const sandbox = sandboxes.take(nowMs)
    if (sandbox === undefined) {
      shedBy.lambda += 1
      continue
    }
    // A fifth more or less, as answers vary.
    const spread = 0.8 + 0.4 * random()
    const startMs = sandbox === 'new' ? nowMs + times.coldMs * spread : nowMs
    if (sandbox === 'new') readsMs.push(startMs)
    asksMs.push(startMs)
    const doneMs = startMs + times.warmMs * spread
    sandboxes.occupy(doneMs)
    endMs = Math.max(endMs, doneMs)
  }
  for (const askMs of asksMs.toSorted((one, other) => one - other)) {
    if (!passesCognito(askMs)) shedBy.cognito += 1
  }
  return {
    requests: load.arrivalsMs.length,
    served: asksMs.length - shedBy.cognito,
    shedBy,
    mostSandboxes: sandboxes.mostBusy(),
    mostReadsPerSecond: countBusiestSecond(readsMs),
    endMs,
  }
}
