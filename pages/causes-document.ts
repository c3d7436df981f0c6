import { type CauseName, causes, toCause } from '../core/causes/catalogue.ts'
import type { Cause } from '../core/causes/cause.ts'
import { type DoctorCauseName, doctor, doctorCauseNames } from '../core/causes/doctor.ts'
import { chooseUserAdvice, type UserAdvice, userTexts } from '../core/causes/user-advice.ts'
import { toObservation } from '../runbook/observations/observations.ts'
import type { RunbookText } from '../runbook/text.ts'
import { runbookTexts } from '../runbook/texts.ts'
import { deprecatedIds, type PublicId, releasedAdvice, releasedIds } from './released-causes.ts'

/** The text of any cause, as the document uses it. */
interface PlainText extends RunbookText {
  readonly candidates?: Readonly<Record<string, string>>
}

/** What the certainty of a record of this cause is based on, by its degree. */
export interface CertaintyRules {
  readonly proved?: string
  readonly likely?: string
  readonly undetermined?: string
}

const always = 'the request or the answer shows it'
const open = "Cognito's answer has several possible reasons; the candidates are listed"

/** Everything about every cause as data, for front ends, support teams and programs: `docs/causes.json`. */
export function toCausesDocument() {
  const names = Object.keys(causes) as readonly CauseName[]
  return {
    $schema: './causes.schema.json',
    version: 1,
    causes: [...names.map(toEntry), ...doctorCauseNames.map(toDoctorEntry)],
    userAdvice: (Object.keys(userTexts) as readonly UserAdvice[]).map((id) => ({
      id,
      since: releasedAdvice[id],
      texts: userTexts[id],
    })),
    deprecated: Object.entries(deprecatedIds).map(([id, row]) => ({ id, ...row })),
  }
}

function toEntry(id: CauseName) {
  const { status, error, description, forCode, details, evidence, fault, fix, ...row } = toCause(id)
  const text: PlainText = runbookTexts[id]
  return {
    id,
    since: releasedIds[id],
    foundBy: 'request',
    ...{ status, error, fault, description },
    ...(forCode === undefined ? {} : { forCode }),
    ...(details === undefined ? {} : { details }),
    meaning: text.meaning,
    certainty: toCertaintyRules(row, text),
    evidence: evidence ?? [],
    candidates: toCandidates(row, text),
    fix,
    alarm: toAlarm(row.alarm),
    userAdvice: {
      signIn: chooseUserAdvice({ status: forCode?.status ?? status, error }, 'sign-in'),
      refresh: chooseUserAdvice({ status, error }, 'refresh'),
    },
    page: `runbook/${id}.md`,
  }
}

function toDoctorEntry(id: DoctorCauseName) {
  const { fault, fix, canWait } = doctor[id]
  return {
    id,
    since: releasedIds[id],
    foundBy: 'doctor',
    fault,
    meaning: runbookTexts[id].meaning,
    certainty: { proved: 'the doctor looked at it' },
    evidence: [],
    candidates: [],
    fix,
    alarm: { name: canWait ? 'doctor-findings' : 'doctor-failures' },
    page: `runbook/${id}.md`,
  }
}

/** A cause without rules of its own is proved by what ended the request. */
function toCertaintyRules({ candidates }: Pick<Cause, 'candidates'>, text: PlainText) {
  const rules: CertaintyRules =
    candidates === undefined ? (text.certainty ?? { proved: always }) : { undetermined: open }
  return rules
}

function toCandidates(row: Pick<Cause, 'candidates' | 'rareCandidates'>, text: PlainText) {
  const toCandidate = (isRare: boolean) => (id: string) => ({
    id,
    since: releasedIds[id as PublicId],
    isCause: Object.hasOwn(causes, id),
    isRare,
    decidedBy: text.candidates?.[id] ?? '',
    ...toDecidingCommand(id),
  })
  const { candidates = [], rareCandidates = [] } = row
  return [...candidates.map(toCandidate(false)), ...rareCandidates.map(toCandidate(true))]
}

function toDecidingCommand(id: string): { readonly command?: string } {
  const step = toObservation(id)?.command
  return typeof step === 'object' && 'command' in step ? { command: step.command } : {}
}

function toAlarm(alarm: Cause['alarm']) {
  if (alarm === undefined) return null
  const { atLeast, withinSeconds, counts = 'Failures' } = alarm
  return { atLeast, withinSeconds, counts }
}
