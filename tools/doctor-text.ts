import { toCause } from '../core/causes/catalogue.ts'
import type { ClientReport } from '../core/doctor/report.ts'
import type { Round } from '../core/doctor/round.ts'
import { toSummary } from '../core/doctor/summary.ts'
import type { TrailReport } from '../core/doctor/trail.ts'
import { paint } from './paint.ts'

type Check = ClientReport['checks'][number]

const marks: Readonly<Record<Check['status'], readonly [mark: string, colour: number]>> = {
  ok: ['✓', 32],
  failed: ['✗', 31],
  warning: ['!', 33],
  skipped: ['–', 90],
}

/** Writes the reports of a round for a terminal. */
export function toRoundText({ reports }: Round): string {
  return reports.map(toTable).join('\n\n')
}

function toTable(report: ClientReport): string {
  const { client, checks } = report
  const widest = Math.max(...checks.map(({ name }) => name.length))
  const commands = checks.map(({ command }) => command)
  const rows = checks.flatMap((check, index) => {
    const [mark, colour] = marks[check.status]
    const name = check.name.replaceAll('_', ' ').padEnd(widest)
    const isAbove = commands.indexOf(check.command) < index
    const indent = ' '.repeat(widest + 6)
    return [
      `  ${paint(mark, colour)} ${name}  ${check.found}`,
      ...(check.fix === undefined ? [] : [`${indent}${paint(`→ ${check.fix}`, 1)}`]),
      ...(check.command === undefined
        ? []
        : [`${indent}${isAbove ? '(the same call as above)' : `$ ${check.command}`}`]),
    ]
  })
  return [`${paint(client, 1)}: ${toSummary(report)}`, '', ...rows].join('\n')
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
