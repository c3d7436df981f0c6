import { type Fault, grantTypes } from '../../core/causes/cause.ts'
import {
  leastExchanges,
  shareExpression,
  sharePeriodSeconds,
  toShareTerms,
} from '../alarms/success-share.ts'
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

/** The one number that matters, with its course below it. */
export function toShareNumber(service: string): Content {
  return {
    type: 'metric',
    properties: {
      title: `Exchanges that succeed, % over ${sharePeriodSeconds / 60} min (callers' own mistakes left out; at least ${leastExchanges})`,
      region: ownRegion,
      view: 'singleValue',
      stacked: false,
      sparkline: true,
      stat: 'Sum',
      period: sharePeriodSeconds,
      metrics: toShareLines(service),
    },
  }
}

/** The same over time, against the level at which it alarms, with the deployments that may explain it. */
export function toShareGraph(service: string, levels: readonly Level[]): Content {
  return toGraph({
    title: "Exchanges that succeed, % (callers' own mistakes left out), and deployments",
    unit: 'Percent',
    lines: [
      ...toShareLines(service),
      toLine(service, 'Deployments', {}, { label: 'deployments', yAxis: 'right' }),
    ],
    periodSeconds: sharePeriodSeconds,
    levels,
    axis: { max: 100 },
  })
}

/** The terms are fetched and not drawn. */
function toShareLines(service: string): readonly Line[] {
  const terms = toShareTerms(service).map(([id, reference]) =>
    drawReference(reference, { id, visible: false }),
  )
  const label = 'succeed, %'
  return [...terms, [{ id: 'share', expression: shareExpression, label, color: '#2ca02c' }]]
}

/** Every request once, by what became of it. */
export function toOutcomeGraph(service: string): Content {
  // Revocations, discovery and redirects are none of the grants.
  const successes = [...grantTypes, 'none'].map((grantType, index) =>
    toLine(
      service,
      'Successes',
      { grant_type: grantType },
      {
        label: grantType === 'none' ? 'succeeded: no tokens asked for' : `succeeded: ${grantType}`,
        color: successColors[index] ?? '#2ca02c',
      },
    ),
  )
  const failures = Object.entries(faultColors).map(([fault, color]) =>
    toLine(service, 'Failures', { fault }, { label: `failed: ${fault}`, color }),
  )
  return toGraph({
    title: 'All requests by what became of them and who must act',
    unit: toUnit('Requests'),
    lines: [...successes, ...failures],
    stacked: true,
  })
}

/** Every request once, by the client that it named. */
export function toClientGraph({ settings }: Stage): Content {
  const aliases = [...settings.clients.values()].map(({ name }) => name)
  return toGraph({
    title: 'All requests by client (unknown: it named none that is configured)',
    unit: toUnit('Requests'),
    lines: [...aliases, 'unknown'].map((client) =>
      toLine(settings.service, 'Requests', { client }, { label: client }),
    ),
    stacked: true,
  })
}
