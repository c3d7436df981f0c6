import type { Exchange } from '../bench/dollars.ts'
import type { Results } from '../bench/results.ts'
import { us } from '../bench/run-context.ts'
import type { Limits, Times } from '../bench/scale.ts'
import { throttle } from '../core/http-api.ts'
import { numberSettings } from '../core/settings/table.ts'
import { accessLogFormat } from '../infra/access-log.ts'
import { stageFields } from '../infra/stage-fields.ts'

/** What nobody can measure on loopback, with what it is taken for. */
export const assumed = {
  /** Lambda's share of a processor is complete from here on. */
  wholeProcessorMb: 1769,
  /** One exchange in so many finds no warm sandbox. */
  exchangesPerColdStart: 200,
  /** From the call of Lambda to the first line of code. */
  sandboxStartMs: 150,
  /** `START`, `END` and `REPORT`, with what CloudWatch adds to each line. */
  platformLogBytes: 340,
  /** A refresh without a new refresh token, and an answer to a code, with headers. */
  refreshBytes: 3000,
  codeBytes: 4700,
  /** So many refreshes for each code. */
  refreshesPerCode: 9,
} as const

/** CloudWatch Logs counts so much for a line beside its own bytes. */
const bytesBesideLine = 26
/** The record and its metrics share it. */
const linesPerExchange = 1

/** How often a sandbox reads the secret of a client again. */
export const secretEverySeconds = numberSettings.secretSoftAgeSeconds.byDefault

/** The limits of a stage that sets nothing. */
export const defaultLimits: Limits = {
  apiPerSecond: throttle.ratePerSecond,
  apiBurst: throttle.burst,
  sandboxes: stageFields.reservedConcurrency.byDefault ?? 0,
  cognitoPerSecond: stageFields.cognitoCodeExchangesPerSecond.byDefault ?? 0,
}

/** The memory of a stage that sets nothing. */
export const defaultMemoryMb = stageFields.memoryMb.byDefault ?? 0

/** What the last run of the bench measured of the proxy. */
export interface Measured {
  /** The wait for a Cognito that takes 40 ms, and for the network. */
  readonly waitMs: number
  readonly cpuMs: number
  readonly coldMs: number
  readonly loggedBytes: number
}

/** Reads what the sums need from the results of the bench. */
export function toMeasured({ figures }: Pick<Results, 'figures'>): Measured {
  const read = (name: string) => {
    const rows = figures.find((figure) => figure.name === name)?.rows
    const value = rows?.find(({ contestant }) => contestant === us)?.value.median
    if (value === undefined) throw new Error(`docs/performance.json has no ${name}`)
    return value
  }
  return {
    waitMs: read('warm-tls-slow-p50') - read('warm-tls-p50'),
    cpuMs: read('warm-tls-cpu'),
    coldMs: read('cold-tls-slow'),
    loggedBytes: read('logged-bytes'),
  }
}

/** How long an exchange and a cold start take with so much memory: less memory is a smaller share of a processor. */
export function toTimes({ waitMs, cpuMs, coldMs }: Measured, memoryMb: number): Times {
  const slower = Math.max(1, assumed.wholeProcessorMb / memoryMb)
  return { warmMs: waitMs + cpuMs * slower, coldMs: assumed.sandboxStartMs + coldMs }
}

/** The bytes of one line of the access log, with values as they usually are. */
export function toAccessLogBytes(): number {
  const values: Readonly<Record<string, string>> = {
    requestId: 'JKJaXmPLvHcESHA=',
    'identity.sourceIp': '203.0.113.123',
    routeKey: 'POST /oauth2/token',
    status: '200',
    'error.responseType': '-',
    'error.message': '-',
    integrationStatus: '200',
    integrationLatency: '52',
    responseLatency: '55',
    responseLength: '2600',
  }
  const line = accessLogFormat.replaceAll(/\$context\.([\w.]+)/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`no usual value of ${name}`)
    return value
  })
  return line.length + bytesBesideLine
}

/** What an average exchange takes of everything that is billed, at a rate per second. */
export function toExchange(measured: Measured, memoryMb: number, perSecond: number): Exchange {
  const { warmMs } = toTimes(measured, memoryMb)
  const { refreshBytes, codeBytes, refreshesPerCode } = assumed
  const own = measured.loggedBytes + linesPerExchange * bytesBesideLine
  const sandboxes = toSandboxes(perSecond, warmMs)
  return {
    billedMs: Math.ceil(warmMs) + measured.coldMs / assumed.exchangesPerColdStart,
    memoryMb,
    logBytes: own + assumed.platformLogBytes + toAccessLogBytes(),
    answerBytes: Math.round((codeBytes + refreshesPerCode * refreshBytes) / (1 + refreshesPerCode)),
    secretCalls: sandboxes / secretEverySeconds / perSecond,
    tableWrites: 0,
  }
}

/** Little's law, and four standard deviations of independent arrivals on top: what to reserve. */
export function toSandboxes(perSecond: number, warmMs: number): number {
  const busy = (perSecond * warmMs) / 1000
  return Math.ceil(busy + 4 * Math.sqrt(busy))
}
