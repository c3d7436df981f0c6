import { toCause } from '../core/causes/catalogue.ts'
import type { PairReport } from '../core/doctor/pair.ts'
import type { ClientReport } from '../core/doctor/report.ts'
import type { Round } from '../core/doctor/round.ts'
import { toSummary } from '../core/doctor/summary.ts'
import type { TrailReport } from '../core/doctor/trail.ts'
import { marks, toCheckTable } from './check-table.ts'
import { paint } from './paint.ts'

/** Writes the reports of a round for a terminal. */
export function toRoundText({ reports }: Round): string {
  return reports.map(toTable).join('\n\n')
}

function toTable(report: ClientReport): string {
  const checks = report.checks.map((check) => ({
    ...check,
    name: check.name.replaceAll('_', ' '),
  }))
  return toCheckTable(`${paint(report.client, 1)}: ${toSummary(report)}`, checks)
}

/** Writes how two Regions agree, for a terminal. */
export function toPairText({ regions, isWell, checks }: PairReport): string {
  const shown = checks.map(({ name, client, ...check }) => ({
    ...check,
    name: `${name.replaceAll('_', ' ')}${client === undefined ? '' : ` (${client})`}`,
  }))
  const head = paint(regions.join(' and '), 1)
  const said = isWell ? 'nothing is wrong between the two Regions' : 'the two Regions do not agree'
  return toCheckTable(`${head}: ${said}`, shown)
}

/** Writes what the events of CloudTrail say about the redirect URIs, for a terminal. */
export function toTrailText({ signIns, exchanges, refused, mismatches }: TrailReport): string {
  const head = `CloudTrail, the last 24 hours: ${signIns} sign-ins, ${exchanges} exchanges, ${refused} of them refused`
  const rows = mismatches.flatMap(({ sent, began, count }) => [
    `  ${paint(...marks.failed)} redirect_uri_mismatch, proved by ${count} of them: the exchange sends ${sent}`,
    `    and sign-in began with ${began.join(' or ')}`,
  ])
  const none = refused === 0 ? [] : ['  the redirect URIs of sign-in and exchange are the same']
  return [
    head,
    ...(mismatches.length === 0
      ? none
      : [...rows, `    ${paint(`→ ${toCause('redirect_uri_mismatch').fix}`, 1)}`]),
  ].join('\n')
}
