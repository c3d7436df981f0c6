import { type CauseName, causes, toCause } from '../../core/causes/catalogue.ts'
import type { Fault } from '../../core/causes/cause.ts'
import { checkCauseNames, toCheckCause } from '../../core/causes/doctor.ts'
import { toRunbookLink } from '../../core/http-answer.ts'
import { toCode, toPage, toTable } from '../../runbook/markdown.ts'
import { toUnit } from '../metric-reference.ts'
import { toLine } from './line.ts'
import { type Content, toGraph } from './widget.ts'

const causeNames = Object.keys(causes) as readonly CauseName[]

/** Who must act, in the words of the headings. */
const headings = {
  caller: "for the front end's developer",
  operator: 'for the operator of this deployment',
  cognito: 'for AWS',
} as const satisfies Record<Fault, string>

/** Everyone who can be at fault, in the order from left to right. */
export const faults = Object.keys(headings) as readonly Fault[]

/** Draws the failures that one party must act on, one line for each cause. */
export function toFailuresGraph(service: string, fault: Fault): Content {
  return toGraph({
    title: `Failures ${headings[fault]} (${fault}), by cause`,
    unit: toUnit('Failures'),
    lines: pickCauses(fault).map((cause) =>
      toLine(service, 'Failures', { cause }, { label: cause }),
    ),
    stacked: true,
  })
}

/** Lists what fixes each of those causes, with a link to its page of the runbook. */
export function toRunbookTable(runbookUrl: string, fault: Fault): Content {
  const names = checkCauseNames.filter((name) => toCheckCause(name).fault === fault)
  const rows = names.map((cause) => [
    runbookUrl === '' ? toCode(cause) : `[${cause}](${toRunbookLink(runbookUrl, cause)})`,
    toCheckCause(cause).fix,
  ])
  const markdown = toPage([
    `### Runbook ${headings[fault]}`,
    runbookUrl === '' ? 'Each cause has a page in `docs/runbook/` of the project.' : '',
    toTable(['cause', 'fix'], rows),
  ])
  return { type: 'text', properties: { markdown } }
}

function pickCauses(fault: Fault): readonly CauseName[] {
  return causeNames.filter((name) => toCause(name).fault === fault)
}
