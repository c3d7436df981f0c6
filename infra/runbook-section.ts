import type { Cause, Facts } from '../core/cause.ts'
import { type CauseName, type Failure, fail, toCause } from '../core/causes.ts'
import { toRecord } from '../core/record.ts'
import { toCode, toCodeBlock, toList, toPage } from './markdown.ts'
import type { RunbookText, Step } from './runbook-text.ts'
import { runbookTexts } from './runbook-texts.ts'

/** A text as the page reads it, whichever cause it belongs to. */
interface PlainText extends RunbookText {
  readonly evidence?: Readonly<Record<string, string>>
  readonly candidates?: Readonly<Record<string, string>>
}

/** Who must act, in words. */
export const actors = {
  caller: "the front end's developer",
  operator: 'the operator of this deployment',
  cognito: 'AWS; the operator watches',
} as const satisfies Record<Cause['fault'], string>

/** Writes one cause's section; its heading is the bare name, since links end in `#<cause>`. */
export function toSection(name: CauseName): string {
  const cause = toCause(name)
  const text: PlainText = runbookTexts[name]
  const candidates = pickMeanings(text.candidates, cause.candidates)
  const rareCandidates = pickMeanings(text.candidates, cause.rareCandidates)
  return toPage([
    `## ${name}`,
    text.meaning,
    toList(toFactLines(name)),
    toTold(cause),
    `**Impact.** ${text.impact}`,
    `**Diagnosis.** The records of this cause:`,
    toCodeBlock('', toQuery(name)),
    toSteps(text.diagnosis),
    toMeanings('What `evidence` can say:', text.evidence),
    toMeanings('Candidates, the most often met first, and how to know each:', candidates),
    toMeanings('For some requests also:', rareCandidates),
    `**Mitigation.** ${cause.fix}`,
    toSteps(text.mitigation),
    `**Prevention.** ${text.prevention}`,
  ])
}

/** Writes the status of a cause, which for some depends on the grant. */
export function toStatusText({ status, forCode }: Cause): string {
  return forCode?.status === undefined ? `${status}` : `${status}, for a code ${forCode.status}`
}

/** Writes how often a cause must be met to wake somebody. */
export function toAlarmText({ alarm }: Cause): string {
  if (alarm === undefined) return 'none'
  const minutes = alarm.withinSeconds / 60
  return `${alarm.atLeast} within ${minutes} min`
}

function toFactLines(name: CauseName): readonly string[] {
  const cause = toCause(name)
  return [
    `Answer: ${toStatusText(cause)} ${toCode(cause.error)}`,
    `Who must act: ${actors[cause.fault]}`,
    `Certainty: ${toCertaintyText(name)}`,
    `Alarm: ${toAlarmText(cause)}`,
  ]
}

function toCertaintyText(name: CauseName): string {
  const { certainty }: PlainText = runbookTexts[name]
  const byDefault = toCode(fail(name).certainty)
  if (toCause(name).candidates !== undefined) {
    return `${byDefault}, since Cognito's answer stands for several reasons, listed below`
  }
  if (certainty === undefined) return `${byDefault} unless the record says otherwise`
  return Object.entries(certainty)
    .map(([degree, grounds]) => `${toCode(degree)}: ${grounds}`)
    .join('. ')
}

function toTold({ description, forCode, details, fault }: Cause): string {
  const id = fault === 'caller' ? '' : ' Request id: …'
  return toPage([
    '**The caller is told**',
    `> ${description}${id}`,
    forCode === undefined ? '' : toPage(['and for a code', `> ${forCode.description}${id}`]),
    details === undefined ? '' : 'followed by the sentence that fits:',
    toList(Object.entries(details ?? {}).map(([slug, told]) => `${toCode(slug)}: ${told}`)),
  ])
}

/** A numbered list, in which commands and queries stand below the sentence that they belong to. */
function toSteps(steps: readonly Step[]): string {
  const [only, ...more] = steps
  if (typeof only === 'string' && more.length === 0) return only
  let number = 0
  const lines = steps.map((step) => {
    if (typeof step !== 'string') return toIndented(toStepCode(step))
    number += 1
    return `${number}. ${step}`
  })
  return lines.join(steps.every((step) => typeof step === 'string') ? '\n' : '\n\n')
}

function toStepCode(step: Exclude<Step, string>): string {
  return 'command' in step ? toCodeBlock('sh', step.command) : toCodeBlock('', step.query)
}

function toIndented(block: string): string {
  return block.replaceAll(/^(?=.)/gm, '   ')
}

function pickMeanings(
  meanings: Readonly<Record<string, string>> = {},
  slugs: readonly string[] = [],
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(meanings).filter(([slug]) => slugs.includes(slug)))
}

function toMeanings(title: string, meanings: Readonly<Record<string, string>> = {}): string {
  const items = Object.entries(meanings).map(([slug, meaning]) => `${toCode(slug)}: ${meaning}`)
  return items.length === 0 ? '' : toPage([title, toList(items)])
}

/** What led up to a finding comes before it, and seldom is more than this. */
const mostSlugs = 3

/** The fields to look at: those of every record, and those that this cause's own may carry. */
function toQuery(name: CauseName): string {
  const { evidence = [], details = {}, candidates } = toCause(name)
  const most = Math.min(mostSlugs, evidence.length + Object.keys(details).length)
  const slugs = Array.from({ length: most }, (_, index) => `evidence.${index}`)
  const fields = [
    ...['@timestamp', 'request_id', 'client', 'grant_type'],
    ...(candidates === undefined ? slugs : [...slugs, 'candidates.0']),
    ...toFactFields(name),
    'total_ms',
  ]
  return [
    `fields ${fields.join(', ')}`,
    // Metrics lie in the same log and name the cause as well, but they have no outcome.
    `| filter outcome = 'failed' and cause = '${name}'`,
    '| sort @timestamp desc',
    '| limit 50',
  ].join('\n')
}

const anyFacts: Facts = {
  attempts: 1,
  upstreamMs: 1,
  upstreamStatus: 400,
  upstreamError: 'other',
  upstreamRequestId: 'id',
  secretMs: 1,
  secretSource: 'cache',
  secretAgeSeconds: 1,
  remainingMs: 1,
}

/** Asks the record itself under which names it carries the facts of a cause. */
function toFactFields(name: CauseName): readonly string[] {
  const toFields = (facts: Partial<Facts>) => {
    const result: Failure = { ...fail(name), facts }
    const outcome = { client: '', grantType: undefined, result, facts, secretFetches: [] }
    const measures = { requestId: '', totalMs: 0, remainingMs: undefined, isColdStart: false }
    return Object.keys(toRecord(outcome, measures, ''))
  }
  const always = toFields({})
  return toFields(anyFacts).filter((field) => !always.includes(field))
}
