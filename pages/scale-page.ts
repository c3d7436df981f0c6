import {
  type Exchange,
  type Front,
  type Part,
  prices,
  toBill,
  toInstanceUsd,
  toSum,
} from '../bench/dollars.ts'
import type { Results } from '../bench/results.ts'
import { toNumber } from '../bench/table.ts'
import { toTable } from '../runbook/markdown.ts'
import { renewParts } from './generated-parts.ts'
import {
  assumed,
  defaultMemoryMb,
  type Measured,
  toAccessLogBytes,
  toExchange,
  toMeasured,
} from './scale-inputs.ts'
import { toNeeds, toShedding, toStorms, toWarm } from './scale-tables.ts'

/** The rate at which the sums hold; only the calls of Secrets Manager depend on it, and hardly. */
const billedPerSecond = 100
/** At so many exchanges a month the first 100 GB of answers, which are free, are used up. */
const freeGb = 100

/** Renews `docs/scale.md`: what many exchanges need, where they are shed, and what they cost. */
export function renewScalePage(page: string, results: Results, mostUsd: number): string {
  const measured = toMeasured(results)
  const exchange = toExchange(measured, defaultMemoryMb, billedPerSecond)
  return renewParts(page, {
    inputs: toInputs(measured),
    needs: toNeeds(measured),
    shedding: toShedding(measured),
    storms: toStorms(measured),
    warm: toWarm(measured),
    prices: toTable(
      ['what', 'USD', 'source'],
      Object.values(prices).map(({ what, listed, source }) => [what, listed, source]),
    ),
    bill: toBillTable(toBill(exchange)),
    bar: toVerdict(measured, mostUsd),
    fronts: toFronts(exchange),
    instances: toInstances(exchange),
  })
}

const toUsd = (usd: number) => usd.toFixed(usd < 0.1 ? 3 : 2)

function toInputs({ waitMs, cpuMs, coldMs, loggedBytes }: Measured): string {
  const bench = '`docs/performance.json`'
  const { codeBytes, refreshBytes, refreshesPerCode } = assumed
  return toTable(
    ['what', 'value', 'from'],
    [
      ['wait for Cognito and the network', `${toNumber(waitMs)} ms`, `${bench}, Cognito takes 40`],
      ['processor time of an exchange', `${toNumber(cpuMs)} ms`, bench],
      ['a cold start: code, secret and first exchange', `${toNumber(coldMs)} ms`, bench],
      ['record and metrics of a success', `${toNumber(loggedBytes)} bytes`, bench],
      ['start of a sandbox before the code', `${assumed.sandboxStartMs} ms`, 'assumed'],
      ['exchanges for each cold start', `${assumed.exchangesPerColdStart}`, 'assumed'],
      ['`START`, `END` and `REPORT`', `${assumed.platformLogBytes} bytes`, 'assumed'],
      [
        'answer',
        `${refreshBytes} bytes to a refresh, ${codeBytes} to a code, ${refreshesPerCode} refreshes for each code`,
        'assumed',
      ],
    ],
  )
}

function toBillTable(parts: readonly Part[]): string {
  const rows = parts.map(({ part, counted, usd }) => [part, counted, toUsd(usd)])
  return toTable(
    ['part', 'an exchange takes', 'USD a million'],
    [...rows, ['**sum**', '', `**${toUsd(toSum(parts))}**`]],
  )
}

/** What the stage or the account may change, one step after the other. */
function toVerdict(measured: Measured, mostUsd: number): string {
  const whole = toExchange(measured, defaultMemoryMb, billedPerSecond)
  const lessMb = toExchange(measured, defaultMemoryMb / 2, billedPerSecond)
  const freeMillions = Math.floor((freeGb * 1000) / whole.answerBytes)
  const steps: readonly (readonly [string, Exchange])[] = [
    ['as deployed by default', whole],
    [
      `up to ${freeMillions} million a month, whose answers are within the free ${freeGb} GB`,
      { ...whole, answerBytes: 0 },
    ],
    [`with \`memoryMb\` ${defaultMemoryMb / 2}`, lessMb],
    ['both', { ...lessMb, answerBytes: 0 }],
    [
      '`memoryMb` as before, without `START`, `END` and `REPORT`',
      { ...whole, logBytes: whole.logBytes - assumed.platformLogBytes },
    ],
    ['with the evidence table', { ...whole, tableWrites: 2 }],
  ]
  const rows = steps.map(([how, exchange]) => {
    const usd = toSum(toBill(exchange))
    return [how, toUsd(usd), usd <= mostUsd ? 'met' : `missed by ${toUsd(usd - mostUsd)}`]
  })
  return toTable(['how', 'USD a million', `bar ${toUsd(mostUsd)}`], rows)
}

const fronts: readonly (readonly [Front, string])[] = [
  ['HTTP API', 'this stack'],
  ['REST API', 'a web ACL can be attached; the proxy does not take its events'],
  [
    'function URL',
    'no access log, which is left out of the sum; no throttle, so that only the concurrency holds up a flood; no custom domain',
  ],
  ['CloudFront, HTTP API', 'a web ACL at the edge; no answer may be cached'],
]

function toFronts(exchange: Exchange): string {
  const rows = fronts.map(([front, what]) => {
    const logBytes = exchange.logBytes - (front === 'function URL' ? toAccessLogBytes() : 0)
    return [front, toUsd(toSum(toBill({ ...exchange, logBytes }, front))), what]
  })
  return toTable(['in front', 'USD a million', 'what changes'], rows)
}

/** One in each of three zones: fewer would fail with one. */
const leastInstances = 3
/** So much of the processors is planned to be used. */
const mostBusy = 0.5
const processorsPerInstance = 2

function toInstances(exchange: Exchange): string {
  const duration = toSum(toBill(exchange).filter(({ part }) => part === 'Lambda, duration'))
  const cpuMs = 1
  const rows = [1, 10, 100, 1000, 10_000, 100_000].map((perSecond) => {
    const processors = (perSecond * cpuMs) / 1000 / mostBusy
    const instances = Math.max(leastInstances, Math.ceil(processors / processorsPerInstance))
    const usd = toInstanceUsd(instances, perSecond)
    const cheaper = usd < duration ? 'Managed Instances' : 'Lambda'
    return [perSecond.toLocaleString('en'), `${instances}`, toUsd(usd), toUsd(duration), cheaper]
  })
  const head = ['exchanges a second', 'instances', 'instances, USD a million']
  return toTable([...head, 'Lambda, duration', 'cheaper'], rows)
}
