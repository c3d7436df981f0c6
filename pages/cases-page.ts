import type { CauseName } from '../core/causes/catalogue.ts'
import type { Certainty } from '../core/causes/cause.ts'
import { toCode, toPage, toTable } from '../runbook/markdown.ts'

/** What the proxy does to every request, so that a mistake has no place left to be made. */
export const preventions = {
  basic_made_by_proxy:
    'The proxy makes the Basic header itself, from the raw pair of client id and stored secret; a front end has no secret to leave out or to encode wrongly.',
  form_type_rebuilt:
    'The proxy writes a form of its own, with a plain content type; nothing of the header that the front end sent travels on.',
  user_agent_always_sent: 'The proxy always sends a User-Agent of its own.',
} as const satisfies Record<string, string>

export type Prevention = keyof typeof preventions

/** What became of a reported failure when it was played. */
export type CaseOutcome =
  | { readonly becomes: 'impossible'; readonly by: Prevention }
  /** Ended before Cognito was asked. */
  | { readonly becomes: 'refused'; readonly cause: CauseName; readonly evidence: readonly string[] }
  | {
      readonly becomes: 'diagnosed'
      readonly cause: CauseName
      readonly certainty: Certainty
      readonly evidence: readonly string[]
      readonly candidates: readonly string[]
    }
  /** Ended in tokens: the fault lies where the proxy has no part. */
  | { readonly becomes: 'carried' }

/** One way in which a reported failure is played. */
export interface CaseWay {
  /** What is sent, and what is so at the user pool. */
  readonly way: string
  /** Why it comes out as it does, where that does not explain itself. */
  readonly because?: string
}

/** A failure that somebody met in front of Cognito and told of in public. */
export interface ReportedCase<Word extends string = string> {
  readonly id: string
  /** An address, or in a few words where it was told. */
  readonly source: string
  readonly reported: string
  /** What the report, or its reader, holds to be the cause. */
  readonly cause: Word
  /** Whether the report itself shows that the cause is right. */
  readonly isConfirmed: boolean
  readonly ways: readonly CaseWay[]
}

/** What a reported cause is called here; without a name it has no cause here. */
export interface CaseName {
  readonly ours?: string
  /** Said where the two names differ. */
  readonly because?: string
}

/** What `docs/cases.md` is made of. */
export interface CasesPage {
  readonly cases: readonly ReportedCase[]
  /** For each case, what became of each of its ways, in their order. */
  readonly outcomes: Readonly<Record<string, readonly CaseOutcome[]>>
  readonly names: Readonly<Record<string, CaseName>>
}

interface Row {
  readonly one: ReportedCase
  readonly way: CaseWay
  readonly outcome: CaseOutcome
}

interface Section {
  readonly title: string
  readonly meaning: string
  readonly belongs: (outcome: CaseOutcome) => boolean
  /** Whether what becomes of them is said once above a table, and not in each row. */
  readonly isGrouped: boolean
}

const isDiagnosed = (certainty: Certainty) => (outcome: CaseOutcome) =>
  outcome.becomes === 'diagnosed' && outcome.certainty === certainty

const sections: readonly Section[] = [
  {
    title: 'Made impossible',
    meaning:
      'The mistake has no place left: what Cognito gets is sound, and Cognito answers with tokens.',
    belongs: ({ becomes }) => becomes === 'impossible',
    isGrouped: true,
  },
  {
    title: 'Refused before Cognito is asked',
    meaning:
      'The developer of the front end is told what is wrong, and Cognito hears nothing of it.',
    belongs: ({ becomes }) => becomes === 'refused',
    isGrouped: false,
  },
  {
    title: 'Diagnosed: proved',
    meaning: 'The evidence admits no other cause.',
    belongs: isDiagnosed('proved'),
    isGrouped: false,
  },
  {
    title: 'Diagnosed: likely',
    meaning: 'The evidence suggests the cause.',
    belongs: isDiagnosed('likely'),
    isGrouped: false,
  },
  {
    title: 'Diagnosed: undetermined',
    meaning:
      'Cognito has one word for several causes, and nothing that the proxy can see tells them apart. It says so, and names what it can be; what the evidence rules out is left out.',
    belongs: isDiagnosed('undetermined'),
    isGrouped: true,
  },
  {
    title: 'Carried',
    meaning: 'The exchange is sound; the fault lies where the proxy has no part.',
    belongs: ({ becomes }) => becomes === 'carried',
    isGrouped: true,
  },
]

/** Writes `docs/cases.md`: what becomes of failures that others reported, by what came of playing them. */
export function toCasesPage(content: CasesPage): string {
  const rows = toRows(content)
  const page = toPage([
    '# Reported failures, and what becomes of them here',
    'Developers have told in public how an exchange with Cognito failed on them. Each of those failures is played here through the built function, behind the local gateway: the front end sends what it would send, Cognito answers what it was reported to answer, and the user pool describes itself as it then must have been. What came of it stands below.',
    'A test plays every case and holds this page to what it sees. To play them anew: `node tools/play-cases.ts`, then `npm run generate`.',
    toSummary(content.cases, rows),
    ...sections.map((section) => toSection(section, rows, content.names)),
    toNames(content),
  ])
  return `${page}\n`
}

function toRows({ cases, outcomes }: CasesPage): readonly Row[] {
  return cases.flatMap((one) =>
    one.ways.flatMap((way, index) => {
      const outcome = outcomes[one.id]?.[index]
      return outcome === undefined ? [] : [{ one, way, outcome }]
    }),
  )
}

function toSummary(cases: readonly ReportedCase[], rows: readonly Row[]): string {
  const confirmed = cases.filter(({ isConfirmed }) => isConfirmed).length
  const unknown = cases.filter(({ cause }) => cause === 'unknown').length
  return toPage([
    `${cases.length} failures, of which ${confirmed} have a confirmed cause and ${unknown} an unknown one, are played in ${rows.length} ways; some mistakes can be made in more than one place.`,
    toTable(
      ['what becomes of it', 'ways'],
      sections.map(({ title, belongs }) => [
        `[${title}](#${toAnchor(title)})`,
        `${rows.filter(({ outcome }) => belongs(outcome)).length}`,
      ]),
    ),
    'No wrong cause is called proved. Wherever Cognito refuses and the cause is known, it is the one that is named or one of the candidates.',
  ])
}

const head = ['case', 'reported', 'its cause', 'played as']

/** The anchor that a heading gets where the page is read. */
function toAnchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z ]/g, '')
    .replaceAll(' ', '-')
}

function toSection(
  { title, meaning, belongs, isGrouped }: Section,
  all: readonly Row[],
  names: CasesPage['names'],
): string {
  const rows = all.filter(({ outcome }) => belongs(outcome))
  if (isGrouped) return toPage([`## ${title}`, meaning, ...toGroups(rows, names)])
  const cells = rows.map((row) => [...toCells(row, names), describe(row.outcome)])
  return toPage([`## ${title}`, meaning, toTable([...head, 'what becomes of it'], cells)])
}

function toGroups(rows: readonly Row[], names: CasesPage['names']): readonly string[] {
  const groups = Map.groupBy(rows, ({ outcome }) => describe(outcome))
  return [...groups].map(([text, members]) => {
    const cells = members.map((row) => toCells(row, names))
    return toPage([text, toTable(head, cells)])
  })
}

function toCells({ one, way }: Row, names: CasesPage['names']): readonly string[] {
  const played = way.because === undefined ? way.way : `${way.way} ${way.because}`
  return [toSource(one), one.reported, toCauseText(one, names), played]
}

function toCauseText({ cause, isConfirmed }: ReportedCase, names: CasesPage['names']): string {
  const ours = names[cause]?.ours
  const here = ours === undefined || ours === cause ? '' : `, here ${toCode(ours)}`
  return `${toCode(cause)}${isConfirmed ? ', confirmed' : ''}${here}`
}

function toSource({ id, source }: ReportedCase): string {
  return source.startsWith('https://') ? `[${id}](${source})` : `${id} (${source})`
}

function describe(outcome: CaseOutcome): string {
  if (outcome.becomes === 'impossible') return preventions[outcome.by]
  if (outcome.becomes === 'carried') return ''
  const seen = outcome.evidence.map(toCode).join(', ')
  const cause = `[${toCode(outcome.cause)}](runbook/${outcome.cause}.md)`
  const named = seen === '' ? `${cause}.` : `${cause}, by ${seen}.`
  if (outcome.becomes === 'refused' || outcome.candidates.length === 0) return named
  return `${named} Candidates: ${outcome.candidates.map(toCode).join(', ')}.`
}

function toNames({ names }: CasesPage): string {
  const rows = Object.entries(names)
    .filter(([word, { ours }]) => word !== ours)
    .map(([word, { ours, because = '' }]) => [
      toCode(word),
      ours === undefined ? 'none' : toCode(ours),
      because,
    ])
  return toPage([
    '## Other names for causes',
    'The reported causes are called as below here; every other one has the same name.',
    toTable(['reported', 'here', 'why'], rows),
  ])
}
