import { type Fault, grantTypes } from '../../core/causes/cause.ts'
import { pagesAtValues } from '../../core/fewer-series.ts'
import { leastExchanges, sharePeriodSeconds, toShownShare } from '../alarms/success-share.ts'
import { ofPagesAt, type Watched } from '../alarms/sums.ts'
import { toUnit } from '../metric-reference.ts'
import type { Stage } from '../stage.ts'
import { drawReference, toLine } from './line.ts'
import { type Content, type Level, type Line, ownRegion, toGraph } from './widget.ts'

const faultColors = {
  caller: '#7f7f7f',
  operator: '#d62728',
  cognito: '#ff7f0e',
} as const satisfies Record<Fault, string>
const successColors = ['#2ca02c', '#98df8a', '#17becf']

/** Shows the most important number, with its trend below it. */
export function toShareNumber(watched: Watched): Content {
  return {
    type: 'metric',
    properties: {
      title: `Successful exchanges, % over ${sharePeriodSeconds / 60} min (without callers' mistakes; at least ${leastExchanges} exchanges)`,
      region: ownRegion,
      view: 'singleValue',
      stacked: false,
      sparkline: true,
      stat: 'Sum',
      period: sharePeriodSeconds,
      metrics: toShareLines(watched),
    },
  }
}

/** Draws the same over time, with the threshold of the alarm on outages and the deployments that may explain a change. */
export function toShareGraph(watched: Watched, levels: readonly Level[]): Content {
  return toGraph({
    title: "Successful exchanges, % (without callers' mistakes), and deployments",
    unit: 'Percent',
    lines: [
      ...toShareLines(watched),
      toLine(watched.service, 'Deployments', {}, { label: 'deployments', yAxis: 'right' }),
    ],
    periodSeconds: sharePeriodSeconds,
    levels,
    axis: { max: 100 },
  })
}

/** The terms are fetched but not drawn. */
function toShareLines(watched: Watched): readonly Line[] {
  const { expression, terms } = toShownShare(watched)
  const drawn = terms.map(([id, reference]) => drawReference(reference, { id, visible: false }))
  const label = 'successful, %'
  return [...drawn, [{ id: 'share', expression, label, color: '#2ca02c' }]]
}

/** Draws every request once, by its outcome; a caller's mistake has no series of its own where few are counted. */
export function toOutcomeGraph({ service, watch }: Watched): Content {
  // Revocations, discovery and redirects have no grant.
  const successes = [...grantTypes, 'none'].map((grantType, index) =>
    toLine(
      service,
      'Successes',
      { grant_type: grantType },
      {
        label: grantType === 'none' ? 'succeeded: no tokens requested' : `succeeded: ${grantType}`,
        color: successColors[index] ?? '#2ca02c',
      },
    ),
  )
  const failures = watch === 'small' ? toFailuresThatPage(service) : toFailuresByFault(service)
  return toGraph({
    title: 'All requests, by outcome and who must act',
    unit: toUnit('Requests'),
    lines: [...successes, ...failures],
    stacked: true,
  })
}

function toFailuresByFault(service: string): readonly Line[] {
  return Object.entries(faultColors).map(([fault, color]) =>
    toLine(service, 'Failures', { fault }, { label: `failed: ${fault}`, color }),
  )
}

function toFailuresThatPage(service: string): readonly Line[] {
  return pagesAtValues.map((value) =>
    drawReference(ofPagesAt(service, value)[1], {
      label: value === 'never' ? 'failed: pages nobody' : `failed: pages at ${value} in 10 min`,
    }),
  )
}

/** Draws every request once, by its client. */
export function toClientGraph({ settings }: Stage): Content {
  const aliases = [...settings.clients.values()].map(({ name }) => name)
  return toGraph({
    title: 'All requests, by client (unknown: not a configured client)',
    unit: toUnit('Requests'),
    lines: [...aliases, 'unknown'].map((client) =>
      toLine(settings.service, 'Requests', { client }, { label: client }),
    ),
    stacked: true,
  })
}

/** Draws what came from no configured client, and what must never come: neither is anybody's sign-in. */
export function toStrangersGraph(service: string): Content {
  return toGraph({
    title: 'Requests for no configured client, and leaked secrets',
    unit: toUnit('StrayFailures'),
    lines: [
      toLine(service, 'StrayFailures', {}, { label: 'no configured client', color: '#7f7f7f' }),
      toLine(service, 'LeakedSecrets', {}, { label: 'held the client secret', color: '#d62728' }),
    ],
  })
}
