import { type CauseName, fail, toCause } from '../core/causes/catalogue.ts'
import type { Cause } from '../core/causes/cause.ts'
import { type DoctorCauseName, doctor } from '../core/causes/doctor.ts'
import { type RotationCauseName, rotation } from '../core/causes/rotation.ts'
import { causeQuery, checkQuery, rotationQuery } from '../infra/queries.ts'
import { placeholders } from '../runbook/commands.ts'
import { toCode, toCodeBlock, toList, toPage, toTable } from '../runbook/markdown.ts'
import type { RunbookText, Step } from '../runbook/text.ts'
import { runbookTexts } from '../runbook/texts.ts'

/** The text of any cause, as the page uses it. */
interface PlainText extends RunbookText {
  readonly evidence?: Readonly<Record<string, string>>
  readonly candidates?: Readonly<Record<string, string>>
}

/** Who must act, in words. */
export const actors = {
  caller: "the front end's developer",
  operator: 'the operator of this deployment',
  cognito: 'AWS (the operator can only watch)',
} as const satisfies Record<Cause['fault'], string>

/** Writes the page of one cause of the catalogue. */
export function toCausePage(name: CauseName): string {
  const cause = toCause(name)
  const text: PlainText = runbookTexts[name]
  const candidates = pickMeanings(text.candidates, cause.candidates)
  const rareCandidates = pickMeanings(text.candidates, cause.rareCandidates)
  return toWholePage(name, [
    text.meaning,
    toGlance(name),
    toTold(cause),
    `## Impact\n\n${text.impact}`,
    '## How to confirm',
    'The records of this cause, in CloudWatch > Logs Insights:',
    toCodeBlock('', causeQuery(name)),
    toSteps(text.diagnosis),
    toMeanings('Possible entries of `evidence`:', text.evidence),
    toMeanings('Candidates, the most frequent first, and how to recognise each:', candidates),
    toMeanings('For some requests also:', rareCandidates),
    `## How to fix\n\n${cause.fix}`,
    toSteps(text.mitigation),
    `## How to prevent\n\n${text.prevention}`,
  ])
}

/** Writes the page of a cause that only the doctor finds. */
export function toDoctorPage(name: DoctorCauseName): string {
  const text: RunbookText = runbookTexts[name]
  const { canWait, fault, fix } = doctor[name]
  const alarm = canWait ? 'doctor-findings' : 'doctor-failures'
  return toWholePage(name, [
    text.meaning,
    toTable(
      ['at a glance', ''],
      [
        ['Answer', 'none: no request fails because of it'],
        ['Who must act', actors[fault]],
        ['Certainty', 'found by [the doctor](README.md#ask-the-doctor)'],
        ['Alarm', `[${alarm}](an-alarm-fired.md#${alarm})`],
      ],
    ),
    `## Impact\n\n${text.impact}`,
    '## How to confirm',
    "The doctor's records of this cause, in CloudWatch > Logs Insights:",
    toCodeBlock('', checkQuery(name)),
    toSteps(text.diagnosis),
    `## How to fix\n\n${fix}`,
    toSteps(text.mitigation),
    `## How to prevent\n\n${text.prevention}`,
  ])
}

/** Writes the page of a cause that only a rotation meets. */
export function toRotationPage(name: RotationCauseName): string {
  const text: PlainText = runbookTexts[name]
  const { fault, fix } = rotation[name]
  return toWholePage(name, [
    text.meaning,
    toTable(
      ['at a glance', ''],
      [
        ['Answer', 'none: no caller waits for a rotation'],
        ['Who must act', actors[fault]],
        ['Certainty', 'found by the function `rotate`'],
      ],
    ),
    `## Impact\n\n${text.impact}`,
    '## How to confirm',
    'The records of this cause, in CloudWatch > Logs Insights:',
    toCodeBlock('', rotationQuery(name)),
    toSteps(text.diagnosis),
    toMeanings('Possible entries of `evidence`:', text.evidence),
    `## How to fix\n\n${fix}`,
    toSteps(text.mitigation),
    `## How to prevent\n\n${text.prevention}`,
  ])
}

/** Writes the status of a cause, which depends on the grant for some. */
export function toStatusText({ status, forCode }: Cause): string {
  return forCode?.status === undefined ? `${status}` : `${status}, for a code ${forCode.status}`
}

/** Writes how often a cause must occur to raise an alarm. */
export function toAlarmText({ alarm }: Cause): string {
  if (alarm === undefined) return 'none'
  const minutes = alarm.withinSeconds / 60
  return `${alarm.atLeast} within ${minutes} min`
}

/** Writes a page under its title, with a table of the words in capitals in its commands. */
function toWholePage(name: string, blocks: readonly string[]): string {
  const body = toPage(blocks)
  const words = toWordTable(body)
  const legend = words === '' ? '' : toPage(['## Words in capitals', words])
  return `${toPage([`# ${name}`, '[All causes](README.md)', body, legend])}\n`
}

/** Explains the words in capitals that a text contains; empty if there are none. */
export function toWordTable(text: string): string {
  const words = Object.entries(placeholders)
    .filter(([word]) => new RegExp(`\\b${word}\\b`).test(text))
    .map(([word, meaning]) => [toCode(word), meaning])
  return words.length === 0 ? '' : toTable(['word', 'replace it with'], words)
}

function toGlance(name: CauseName): string {
  const cause = toCause(name)
  const rows = [
    ['Answer', `${toStatusText(cause)} ${toCode(cause.error)}`],
    ['Who must act', actors[cause.fault]],
    ['Certainty', toCertaintyText(name)],
    ['Alarm', toAlarmLink(cause)],
  ]
  return toTable(['at a glance', ''], rows)
}

function toAlarmLink(cause: Cause): string {
  const text = toAlarmText(cause)
  return cause.alarm === undefined ? text : `[${text}](an-alarm-fired.md#alarms-of-causes)`
}

function toCertaintyText(name: CauseName): string {
  const { certainty }: PlainText = runbookTexts[name]
  const byDefault = toCode(fail(name).certainty)
  if (toCause(name).candidates !== undefined) {
    return `${byDefault}, because Cognito's answer has several possible reasons; they are listed below`
  }
  if (certainty === undefined) return `${byDefault} unless the record says otherwise`
  return Object.entries(certainty)
    .map(([degree, grounds]) => `${toCode(degree)}: ${grounds}`)
    .join('. ')
}

function toTold({ description, forCode, details, fault }: Cause): string {
  const id = fault === 'caller' ? '' : ' Request id: …'
  return toPage([
    'The caller gets:',
    `> ${description}${id}`,
    forCode === undefined ? '' : toPage(['and for a code:', `> ${forCode.description}${id}`]),
    details === undefined ? '' : 'followed by one of these sentences:',
    toList(Object.entries(details ?? {}).map(([slug, told]) => `${toCode(slug)}: ${told}`)),
  ])
}

/** Writes a numbered list, with commands and queries below the sentence that they belong to. */
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
