import { type CauseName, causes, toCause } from '../../core/causes/catalogue.ts'
import { type Fault, grantTypes } from '../../core/causes/cause.ts'
import { type PagesAt, pagesAtValues } from '../../core/fewer-series.ts'
import type { Settings } from '../../core/settings/settings.ts'
import { type MetricReference, toMetricReference } from '../metric-reference.ts'

/** What decides which metrics there are. */
export type Watched = Pick<Settings, 'service' | 'watch'>

/** The id of a metric in an expression, and the metric. */
export type SumTerm = readonly [id: string, metric: MetricReference]

/** A sum over metrics. What has not occurred has no data and counts as zero. */
export interface Sum {
  readonly expression: string
  readonly terms: readonly SumTerm[]
}

const causeNames = Object.keys(causes) as readonly CauseName[]

/** Nobody but the doctor can tell whether these are more than somebody's odd requests. */
const provokable = causeNames.filter((name) => toCause(name).alarm?.provokable)

/**
 * The operator's causes that an outage has many of. Those with an area are not in it: they page by themselves,
 * and would page a second time through a share.
 */
const ofOutages = causeNames.filter((name) => {
  const { fault, alarm } = toCause(name)
  return fault === 'operator' && alarm?.area === undefined
})

/** The exchanges that succeeded; discovery and revocations are not exchanges. */
export function toSuccesses(service: string): Sum {
  return toSum(
    grantTypes.map((grant) => [
      grant,
      toMetricReference(service, 'Successes', { grant_type: grant }),
    ]),
  )
}

/** Every failure that is no caller's mistake. */
export function toFaults({ service, watch }: Watched): Sum {
  if (watch === 'small') return toSum(pagesAtValues.map((value) => ofPagesAt(service, value)))
  return toSum(ofFaults(service, ['operator', 'cognito']))
}

/** The same without what anybody can provoke. */
export function toUnprovokedFaults(watched: Watched): Sum {
  if (watched.watch === 'small') return toPagingFailures(watched.service)
  const faults = toFaults(watched)
  const provoked = ofCauses(watched.service, provokable)
  return {
    expression: `${faults.expression} - ${toFilled(provoked).join(' - ')}`,
    terms: [...faults.terms, ...provoked],
  }
}

/**
 * The failures of an outage: Cognito's own, and those of the operator's that come with it. With few series there
 * is only one page for all of them, so that nothing pages twice.
 */
export function toOutageFailures({ service, watch }: Watched): Sum {
  if (watch === 'small') return toPagingFailures(service)
  return toSum([...ofFaults(service, ['cognito']), ...ofCauses(service, ofOutages)])
}

/** The series of a deployment with few of them that count how often causes occur that page. */
export function ofPagesAt(service: string, value: PagesAt): SumTerm {
  return [`at_${value}`, toMetricReference(service, 'Failures', { pages_at: value })]
}

function toPagingFailures(service: string): Sum {
  const paging = pagesAtValues.filter((value) => value !== 'never')
  return toSum(paging.map((value) => ofPagesAt(service, value)))
}

function ofFaults(service: string, faults: readonly Fault[]): readonly SumTerm[] {
  return faults.map((fault) => [fault, toMetricReference(service, 'Failures', { fault })])
}

function ofCauses(service: string, names: readonly CauseName[]): readonly SumTerm[] {
  return names.map((cause) => [cause, toMetricReference(service, 'Failures', { cause })])
}

function toSum(terms: readonly SumTerm[]): Sum {
  return { expression: toFilled(terms).join(' + '), terms }
}

function toFilled(terms: readonly SumTerm[]): readonly string[] {
  return terms.map(([id]) => `FILL(${id}, 0)`)
}
