import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { openRequestRecords } from '../../adapters/request-record.ts'
import type { CauseName } from '../../core/causes.ts'
import type { CheckCause } from '../../core/doctor-findings.ts'
import { toCheckMetrics, toCheckRecords, toReport } from '../../core/doctor-record.ts'
import { toStatus } from '../../core/http-answer.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { Settings } from '../../core/settings.ts'
import { toAlarmId } from '../../infra/alarm.ts'
import { doctorEverySeconds, type FunctionName, functionNames } from '../../infra/functions.ts'
import { httpApiId, toFunctionId } from '../../infra/logical-ids.ts'
import { toMetricReference } from '../../infra/metric-reference.ts'
import { parseStage } from '../../infra/stage.ts'
import { toWatching } from '../../infra/watching.ts'
import type { Metric } from '../../local/cloudwatch/metric.ts'
import { type MetricStore, openMetricStore } from '../../local/cloudwatch/metric-store.ts'
import { readWatch, type Watch } from '../../local/cloudwatch/watch.ts'
import { type Notification, type Statuses, watchAt } from '../../local/cloudwatch/watcher.ts'
import { captureOutput } from '../adapters/captured-output.ts'
import { measures, toFailed, toSuccess } from '../core/sample-outcome.ts'
import { ofApi, ofFunction } from './aws-metrics.ts'

const minuteMs = 60_000
const doctorEveryMinutes = doctorEverySeconds / 60

/** One request of a drill: what became of it, and how long it took. */
export interface DrilledRequest {
  readonly outcome: Outcome<unknown>
  /** The function that was called: `oauth2` unless it is said. */
  readonly by?: FunctionName
  readonly tookMs?: number
  /** How long the proxy itself took of that, where it is not the usual. */
  readonly ownMs?: number
  /** Lambda gave no answer, so that nothing was written and the HTTP API answered by itself. */
  readonly isUnanswered?: boolean
}

/** A deployment under a clock of its own, of which nothing is real but what is written and watched. */
export interface Drill {
  readonly watch: Watch
  readonly service: string
  /** What every alarm was in at the last evaluation. */
  readonly statuses: () => Statuses
  /** Every message so far. */
  readonly notifications: () => readonly Notification[]
  /** The ids of the metric alarms that went off so far, but for the mark of a deployment. */
  readonly notices: () => readonly string[]
  /** The ids of the pages that went out so far, each as often as it did. */
  readonly pages: () => readonly string[]
  /** What every page said so far, such as `PageSecurity OK`. */
  readonly pageMessages: () => readonly string[]
  /** Whom the doctor finds ill, and by what; undefined while it does not go round at all. */
  doctor: { readonly finds: CheckCause | undefined } | undefined
  /** Writes a request at this instant, as the function does. */
  readonly write: (request: DrilledRequest) => void
  /** Counts at this instant what AWS counts by itself. */
  readonly put: (metric: Metric, value: number) => void
  /** Marks a deployment at this instant. */
  readonly deploy: () => void
  /** Lets minutes pass; in each of them happens, at its beginning, what the callback does. */
  readonly pass: (minutes: number, happen?: (minute: number) => void) => void
}

/** How often a minute some of the alarms have their turn. */
const turnsPerMinute = 6

/**
 * Opens a drill: the stage of the example with the very alarms of its template, a metric store that gets the
 * lines which the function's own writer makes, and a clock that only the drill moves.
 *
 * @param random decides at which second of a minute CloudWatch looks at which alarm
 * @param changes fields of the stage
 */
export function openDrill(random: () => number = () => 0, changes: object = {}): Drill {
  const beginsMs = Date.UTC(2027, 2, 1)
  const { watch, settings } = readDrilledWatch(changes)
  const { service, runbookUrl } = settings
  let minutes = 0
  let nowMs = beginsMs
  const store = openMetricStore(() => nowMs)
  const records = openRequestRecords({ service, runbookUrl }, store.take, { nowMs: () => nowMs })
  const turns = new Map(
    [...watch.metricAlarms.keys()].map((id) => [id, Math.floor(random() * turnsPerMinute)]),
  )
  const notifications: Notification[] = []
  let statuses: Statuses = new Map()
  const evaluate = () => {
    for (const turn of new Set([...turns.values()].sort())) {
      const turnMs = beginsMs + (minutes + turn / turnsPerMinute) * minuteMs
      const step = watchAt(watch, store, turnMs, statuses, (id) => turns.get(id) === turn)
      statuses = step.statuses
      notifications.push(...step.notifications)
    }
  }
  const toldTo = (target: string) => notifications.filter((one) => one.target === target)
  const alarmed = (target: string) =>
    toldTo(target).flatMap(({ alarm, state }) => (state === 'ALARM' ? [alarm] : []))
  const drill: Drill = {
    watch,
    service,
    statuses: () => statuses,
    notifications: () => notifications,
    notices: () => alarmed('AlarmNotices').filter((id) => id !== 'AlarmDeployment'),
    pages: () => alarmed('AlarmPages'),
    pageMessages: () => toldTo('AlarmPages').map(({ alarm, state }) => `${alarm} ${state}`),
    doctor: { finds: undefined },
    write: (request) => {
      const { outcome, ownMs, isUnanswered } = request
      const totalMs =
        ownMs === undefined ? measures.totalMs : ownMs + (outcome.facts.upstreamMs ?? 0)
      if (!isUnanswered) records.write(outcome, { ...measures, totalMs })
      countRequest(store, request, nowMs)
    },
    put: (metric, value) => store.put(metric, value, nowMs),
    deploy: () => store.put(toMetricReference(service, 'Deployments', {}), 1, nowMs),
    pass: (count, happen = () => {}) => {
      for (let minute = 0; minute < count; minute += 1) {
        nowMs = beginsMs + minutes * minuteMs
        captureOutput(() => {
          happen(minute)
          if (minutes % doctorEveryMinutes === 0 && drill.doctor !== undefined) {
            goRound(records, drill.doctor.finds)
          }
        })
        minutes += 1
        evaluate()
      }
      assert.deepEqual([store.rejectedLines(), store.droppedValues()], [0, 0])
    },
  }
  return drill
}

/**
 * Reads the alarms of the template that the example's stage gets, with the settings of its functions.
 *
 * @param changes fields of the stage
 */
export function readDrilledWatch(changes: object = {}): {
  readonly watch: Watch
  readonly settings: Settings
} {
  const file = new URL('../../stages/dev.json', import.meta.url)
  const parsed = parseStage({ ...JSON.parse(readFileSync(file, 'utf8')), ...changes })
  if (!parsed.ok) assert.fail(parsed.problems.join())
  const { settings } = parsed.stage
  const ids = [...functionNames.map(toFunctionId), httpApiId]
  const watch = readWatch(toWatching(parsed.stage), {
    'AWS::StackName': `${settings.service}-drill`,
    ...Object.fromEntries(ids.map((id) => [id, id])),
  })
  return { watch, settings }
}

/** The name in the template of a cause's alarm. */
export const toCauseAlarm = (cause: CauseName) => toAlarmId('Alarm', cause.replaceAll('_', '-'))

/** Counts what Lambda and the HTTP API count of a request by themselves. */
function countRequest(store: MetricStore, request: DrilledRequest, atMs: number): void {
  const { outcome, by = 'oauth2', tookMs = 150, isUnanswered = false } = request
  const { result, grantType } = outcome
  const status = result.ok ? 200 : toStatus(result, grantType)
  store.put(ofFunction(by, 'Invocations'), 1, atMs)
  store.put(ofFunction(by, 'Errors'), isUnanswered ? 1 : 0, atMs)
  store.put(ofFunction(by, 'Throttles'), 0, atMs)
  store.put(ofFunction(by, 'Duration'), tookMs, atMs)
  store.put(ofApi('Count'), 1, atMs)
  store.put(ofApi('5xx'), isUnanswered || status >= 500 ? 1 : 0, atMs)
}

/** Writes what the doctor writes of one client after a round. */
function goRound(
  records: ReturnType<typeof openRequestRecords>,
  finds: CheckCause | undefined,
): void {
  const report = toReport('web', [
    finds === undefined
      ? { name: 'live_probe', status: 'ok', found: '' }
      : { name: 'live_probe', status: 'failed', found: '', cause: finds },
  ])
  records.writeChecks({
    isWell: report.isWell,
    records: toCheckRecords(report, ''),
    metrics: toCheckMetrics(report),
  })
}

/** A request that fails with a cause. */
export const failing = (cause: CauseName, tookMs?: number): DrilledRequest => ({
  outcome: toFailed(cause),
  ...(tookMs === undefined ? {} : { tookMs }),
})

/** A request that goes well. */
export const succeeding = (tookMs?: number): DrilledRequest => ({
  outcome: toSuccess({ facts: { attempts: 1, upstreamMs: tookMs ?? 100 } }),
  ...(tookMs === undefined ? {} : { tookMs }),
})

/** A page load: the function metadata gives discovery, for which no token is asked. */
export const discovering: DrilledRequest = {
  outcome: toSuccess({ grantType: undefined, result: { ok: true, value: undefined } }),
  by: 'metadata',
  tookMs: 5,
}

/** Lets a little traffic go well: too little for any share to be judged. */
export function trickle(drill: Drill, minute: number): void {
  if (minute % 4 === 0) drill.write(succeeding())
}

/**
 * Lets a new stack come up: its first deployment is marked as every one is, and a quarter of an hour with a
 * little traffic passes before every alarm is in order.
 */
export function comeUp(drill: Drill): void {
  drill.pass(20, (minute) => {
    if (minute === 0) drill.deploy()
    trickle(drill, minute)
  })
  assert.deepEqual(drill.pages(), [])
  assertQuiet(drill)
}

/** Holds that no alarm at all is up. */
export function assertQuiet(drill: Drill): void {
  const up = [...drill.statuses()].filter(([, { state }]) => state !== 'OK').map(([id]) => id)
  assert.deepEqual(up, [])
}

/** The one page that an alarm is in. */
export function toPageOf({ watch }: Drill, alarm: string): string | undefined {
  const name = watch.metricAlarms.get(alarm)?.name ?? assert.fail(`there is no ${alarm}`)
  const [page, ...others] = [...watch.compositeAlarms]
    .filter(([, { rule }]) => rule.names.includes(name))
    .map(([id]) => id)
  assert.deepEqual(others, [], `${alarm} is in one page`)
  return page
}
