import { checkCauseNames } from '../../core/causes/doctor.ts'
import { doctorEverySeconds } from '../functions.ts'
import { toUnit } from '../metric-reference.ts'
import type { Stage } from '../stage.ts'
import { toLine, toPercentiles } from './line.ts'
import { type Content, type Level, toGraph } from './widget.ts'

/** Where the time of a request goes: its three parts, and how often Cognito was asked. */
export function toLatencyGraphs({ settings }: Stage, proxyLevels: readonly Level[]): Content[] {
  const { service } = settings
  const draw = (
    name: 'ProxyLatency' | 'UpstreamLatency' | 'SecretLatency',
    title: string,
    levels: readonly Level[],
  ) =>
    toGraph({
      title,
      unit: toUnit(name),
      lines: toPercentiles((rendering) => toLine(service, name, {}, rendering)),
      levels,
    })
  return [
    draw('ProxyLatency', 'Time in the proxy itself', proxyLevels),
    draw('UpstreamLatency', 'Time that Cognito took', [
      { value: settings.deadlineMs, label: 'the whole time of a request' },
    ]),
    draw('SecretLatency', 'Time to read the secret, where it was read', [
      { value: settings.secretTimeoutMs, label: 'given up' },
    ]),
    toGraph({
      title: 'Calls to Cognito for one exchange (above 1: second attempts)',
      unit: toUnit('UpstreamAttempts'),
      lines: ['Average', 'Maximum'].map((stat) =>
        toLine(service, 'UpstreamAttempts', {}, { stat, label: stat.toLowerCase() }),
      ),
    }),
  ]
}

/** How old the secret in use is, and how its reads go. */
export function toSecretGraphs({ settings }: Stage): Content[] {
  const { service } = settings
  const results = { ok: 'read', failed: 'not read' } as const
  return [
    toGraph({
      title: 'Age of the client secret in use',
      unit: toUnit('SecretAge'),
      lines: [toLine(service, 'SecretAge', {}, { stat: 'Maximum', label: 'oldest' })],
      // A tenth is the most that the age varies by.
      levels: [{ value: settings.secretSoftAgeSeconds * 1.1, label: 'longest without a read' }],
    }),
    toGraph({
      title: 'Reads of the client secret from Secrets Manager',
      unit: toUnit('SecretFetches'),
      lines: Object.entries(results).map(([result, label]) =>
        toLine(service, 'SecretFetches', { result }, { label }),
      ),
      stacked: true,
    }),
  ]
}

/** What the doctor found on its rounds: each is one step of these graphs. */
export function toDoctorGraphs({ settings }: Stage): Content[] {
  const { service, clients } = settings
  // Settings that were refused have no clients yet.
  const aliases = [...[...clients.values()].map(({ name }) => name), 'unknown']
  const draw = (title: string, lines: Parameters<typeof toGraph>[0]['lines']) =>
    toGraph({
      title,
      unit: toUnit('CheckFailures'),
      lines,
      stacked: true,
      periodSeconds: doctorEverySeconds,
    })
  return [
    draw(
      "The doctor's failed checks by client",
      aliases.map((client) => toLine(service, 'CheckFailures', { client }, { label: client })),
    ),
    draw(
      "The doctor's failed checks by cause",
      checkCauseNames.map((cause) => toLine(service, 'CheckFailures', { cause }, { label: cause })),
    ),
  ]
}
