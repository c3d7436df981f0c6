import { toLeastUse, toWarmUsd } from '../bench/dollars.ts'
import {
  arriveSteadily,
  type Limits,
  openSeeded,
  type Run,
  simulate,
  type Times,
} from '../bench/scale.ts'
import { toNumber } from '../bench/table.ts'
import { toTable } from '../runbook/markdown.ts'
import {
  assumed,
  defaultLimits,
  defaultMemoryMb,
  type Measured,
  secretEverySeconds,
  toExchange,
  toSandboxes,
  toTimes,
} from './scale-inputs.ts'

/** Any number would do: the same seed gives the same page. */
const seed = 1
const requests = 20_000
/** From the smallest deployment to the largest; around the default limits there are more. */
const rates = [1, 10, 50, 90, 120, 1000, 10_000, 100_000]

/** Quotas of an account in one Region, as AWS documents them. */
const quotas = { apiPerSecond: 10_000, secretReadsPerSecond: 10_000, sandboxes: 1000 }
/** An alarm fires at this share of a quota of Cognito. */
const mostShare = 0.8

const count = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 1 })
const percent = (share: number) => {
  if (share > 0 && share < 0.0005) return 'below 0.1 %'
  return `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`
}
/** The stack reserves as much for `metadata`, one sandbox for the doctor, and a Region keeps 100 for all others. */
const toReserved = (sandboxes: number) => 2 * sandboxes + 101

function run(perSecond: number, limits: Limits, times: Times): Run {
  const random = openSeeded(seed)
  const arrivalsMs = arriveSteadily(perSecond, requests, random)
  return simulate({ arrivalsMs, warmSandboxes: limits.sandboxes }, limits, times, random)
}

/** The limits that shed nothing at a rate. */
function toEnough(perSecond: number, { warmMs }: Times): Limits {
  return {
    apiPerSecond: 2 * perSecond,
    apiBurst: 2 * perSecond,
    sandboxes: toSandboxes(perSecond, warmMs),
    cognitoPerSecond: Math.ceil(perSecond / mostShare),
  }
}

/** Tabulates what each size needs of every quota. */
export function toNeeds(measured: Measured): string {
  const times = toTimes(measured, defaultMemoryMb)
  const rows = rates.map((perSecond) => {
    const enough = toEnough(perSecond, times)
    const { logBytes } = toExchange(measured, defaultMemoryMb, perSecond)
    const { mostSandboxes } = run(perSecond, enough, times)
    const fits =
      toReserved(enough.sandboxes) <= quotas.sandboxes &&
      perSecond <= mostShare * quotas.apiPerSecond
    return [
      count(perSecond),
      count((perSecond * times.warmMs) / 1000),
      count(mostSandboxes),
      count(enough.sandboxes),
      toNumber(enough.sandboxes / secretEverySeconds),
      count(enough.cognitoPerSecond),
      percent(perSecond / quotas.apiPerSecond),
      `${count((logBytes * perSecond * 86_400) / 1e9)} GB`,
      fits ? 'yes' : 'no',
    ]
  })
  return toTable(
    [
      ...['exchanges a second', 'busy sandboxes (Little)', 'most at once (simulated)'],
      ...['`reservedConcurrency`', 'reads of the secret a second', "Cognito's quota to ask for"],
      ...["share of the HTTP API's 10,000", 'logs a day', "within an account's other defaults"],
    ],
    rows,
  )
}

const warmRates = [1, 10, 50, 90]
const secondsPerMonth = 730 * 3600

/** Tabulates what it costs that no exchange waits for a cold start, by size. */
export function toWarm(measured: Measured): string {
  const times = toTimes(measured, defaultMemoryMb)
  const rows = warmRates.map((perSecond) => {
    const { mostSandboxes } = run(perSecond, toEnough(perSecond, times), times)
    const usd = toWarmUsd(mostSandboxes, defaultMemoryMb)
    const coldStarts = (perSecond * secondsPerMonth) / assumed.exchangesPerColdStart
    const used = (perSecond * times.warmMs) / 1000 / mostSandboxes
    return [
      ...[count(perSecond), count(mostSandboxes), usd.toFixed(2), count(Math.round(coldStarts))],
      percent(used),
      used >= toLeastUse() ? 'yes' : `no, from ${percent(toLeastUse())} on`,
    ]
  })
  return toTable(
    [
      ...['exchanges a second', '`provisionedConcurrency`', 'USD a month'],
      ...['cold starts avoided a month', 'sandboxes in use', 'saves money'],
    ],
    rows,
  )
}

function toShares({ requests: all, served, shedBy }: Run): readonly string[] {
  return [served, shedBy.api, shedBy.lambda, shedBy.cognito].map((part) => percent(part / all))
}

const outcomes = ['served', '429 by the HTTP API', '503 for Lambda', '429 for Cognito'] as const

/** Tabulates what happens at each size with default limits, and with the throttle alone raised. */
export function toShedding(measured: Measured): string {
  const times = toTimes(measured, defaultMemoryMb)
  const variants = (perSecond: number): readonly (readonly [string, Limits])[] => {
    const enough = toEnough(perSecond, times)
    const { apiPerSecond, apiBurst, sandboxes } = enough
    return [
      ['default', defaultLimits],
      ['throttle raised', { ...defaultLimits, apiPerSecond, apiBurst }],
      ['and sandboxes', { ...defaultLimits, apiPerSecond, apiBurst, sandboxes }],
      ["and Cognito's quota", enough],
    ]
  }
  const rows = rates
    .filter((perSecond) => perSecond >= 90)
    .flatMap((perSecond) => {
      const runs = variants(perSecond).map(
        ([limits, values]) => [limits, run(perSecond, values, times)] as const,
      )
      // Where nothing is shed, there is nothing to raise.
      const told = runs.slice(0, runs[0]?.[1].served === requests ? 1 : runs.length)
      return told.map(([limits, result]) => [count(perSecond), limits, ...toShares(result)])
    })
  return toTable(['exchanges a second', 'limits', ...outcomes], rows)
}

const storm = { sandboxes: 1000, withinMs: 100 }

/** Tabulates what a thousand requests at once meet that find no warm sandbox. */
export function toStorms(measured: Measured): string {
  const times = toTimes(measured, defaultMemoryMb)
  const raised = { apiPerSecond: 10_000, apiBurst: 5000, sandboxes: storm.sandboxes }
  const variants: readonly (readonly [string, Limits])[] = [
    ['default', defaultLimits],
    ['throttle and sandboxes raised', { ...defaultLimits, ...raised }],
    ["and Cognito's quota at 1,000", { ...raised, cognitoPerSecond: 1000 }],
  ]
  const rows = variants.map(([limits, values]) => {
    const random = openSeeded(seed)
    const arrivalsMs = Array.from(
      { length: storm.sandboxes },
      (_, index) => (index * storm.withinMs) / storm.sandboxes,
    )
    const result = simulate({ arrivalsMs, warmSandboxes: 0 }, values, times, random)
    return [
      limits,
      ...toShares(result),
      count(result.mostReadsPerSecond),
      `${Math.round(result.endMs)} ms`,
    ]
  })
  const head = ['limits', ...outcomes, 'most reads of the secret in a second', 'over after']
  return toTable(head, rows)
}
