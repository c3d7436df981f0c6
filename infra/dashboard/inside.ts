import { checkCauseNames, checkKinds } from '../../core/causes/doctor.ts'
import type { SecretFetch } from '../../core/record.ts'
import { doctorEverySeconds } from '../functions.ts'
import { toUnit } from '../metric-reference.ts'
import type { Stage } from '../stage.ts'
import { toLine, toPercentiles } from './line.ts'
import { type Content, type Level, type Line, toGraph } from './widget.ts'

/** Draws where the time of a request goes: its three parts, and how often Cognito was called. */
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
    draw('ProxyLatency', 'Time spent in the proxy itself', proxyLevels),
    draw('UpstreamLatency', 'Time spent waiting for Cognito', [
      { value: settings.deadlineMs, label: 'deadline of a request' },
    ]),
    draw('SecretLatency', 'Time to read the secret (if it was read)', [
      { value: settings.secretTimeoutMs, label: 'timeout' },
    ]),
    toGraph({
      title: 'Calls to Cognito per exchange (above 1: retries)',
      unit: toUnit('UpstreamAttempts'),
      lines: ['Average', 'Maximum'].map((stat) =>
        toLine(service, 'UpstreamAttempts', {}, { stat, label: stat.toLowerCase() }),
      ),
    }),
  ]
}

/** Draws how old a secret is that was just read or cannot be, and how many reads succeed. */
export function toSecretGraphs({ settings }: Stage): Content[] {
  const { service } = settings
  const results = {
    ok: 'succeeded',
    failed: 'failed',
    pending: 'gave the pending version',
    previous: 'gave the previous version',
  } as const satisfies Readonly<Record<SecretFetch, string>>
  return [
    toGraph({
      title: 'Age of the client secret (above 0: kept in use, because it cannot be read)',
      unit: toUnit('SecretAge'),
      lines: [toLine(service, 'SecretAge', {}, { stat: 'Maximum', label: 'oldest' })],
      // The age varies by at most 10 %.
      levels: [{ value: settings.secretSoftAgeSeconds * 1.1, label: 'refresh age' }],
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

/** Draws what the doctor found on its rounds; each round is one step of these graphs. */
export function toDoctorGraphs({ settings }: Stage): Content[] {
  const { service, clients } = settings
  // If the settings are invalid, there are no clients.
  const aliases = [...[...clients.values()].map(({ name }) => name), 'unknown']
  return [
    toRoundGraph(
      'Failed checks of the doctor, by client',
      aliases.map((client) => toLine(service, 'CheckFailures', { client }, { label: client })),
    ),
    toRoundGraph(
      'Failed checks of the doctor, by cause',
      checkCauseNames.map((cause) => toLine(service, 'CheckFailures', { cause }, { label: cause })),
    ),
  ]
}

/** Draws the same by what a finding does: requests fail until it passes, or until somebody acts, or none fails. */
export function toDoctorKindGraph(service: string): Content {
  return toRoundGraph(
    'Failed checks of the doctor, by kind',
    checkKinds.map((kind) => toLine(service, 'CheckFailures', { kind }, { label: kind })),
  )
}

function toRoundGraph(title: string, lines: readonly Line[]): Content {
  return toGraph({
    title,
    unit: toUnit('CheckFailures'),
    lines,
    stacked: true,
    periodSeconds: doctorEverySeconds,
  })
}
