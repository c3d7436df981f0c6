import type { CauseName } from '../core/causes/catalogue.ts'
import type { Certainty } from '../core/causes/cause.ts'
import { toCode, toPage, toTable } from '../runbook/markdown.ts'
import { renewParts } from './generated-parts.ts'

/** What the proxy does for every request, so that a front end cannot make the mistake. */
const preventions = {
  basic_made_by_proxy:
    'The proxy creates the Basic header itself from client id and stored secret. A front end has no secret that it could omit or encode wrongly.',
  form_type_rebuilt:
    'The proxy writes a new form with a plain content type. It passes on nothing of the header that the front end sent.',
  user_agent_always_sent: 'The proxy always sends its own User-Agent.',
  logout_translated:
    "The proxy redirects to the user pool domain with Cognito's own parameter, `logout_uri`, and only to a registered address.",
  scope_dropped:
    'With `droppedScopes`, the proxy redirects sign-in without the scopes that Cognito does not know.',
  resource_dropped: 'With `dropResource`, the proxy redirects sign-in without the resource.',
} as const satisfies Record<string, string>

export type Prevention = keyof typeof preventions

/** What happened when a reported failure was replayed. */
export type CaseOutcome =
  | { readonly becomes: 'impossible'; readonly by: Prevention }
  /** Refused when the process started, and before that by packaging: each problem at its field. */
  | { readonly becomes: 'misconfigured'; readonly problems: readonly string[] }
  /** Refused before Cognito was called. */
  | { readonly becomes: 'refused'; readonly cause: CauseName; readonly evidence: readonly string[] }
  | {
      readonly becomes: 'diagnosed'
      readonly cause: CauseName
      readonly certainty: Certainty
      readonly evidence: readonly string[]
      readonly candidates: readonly string[]
    }
  /** Ended with tokens: the fault is in a part that does not involve the proxy. */
  | { readonly becomes: 'carried' }

/** One way in which a reported failure is replayed. */
export interface CaseWay {
  /** What the front end sends, and how the user pool is configured. */
  readonly way: string
  /** Why the outcome is what it is, unless it is obvious. */
  readonly because?: string
}

/** A failure with Cognito that somebody reported in public. */
export interface ReportedCase<Word extends string = string> {
  readonly id: string
  /** A URL, or a short description of where it was reported. */
  readonly source: string
  readonly reported: string
  /** What the reporter had in hand, in words of this project: an answer, a request, an error. */
  readonly inHand: string
  /** The cause according to the report, or to those who read it. */
  readonly cause: Word
  /** Whether the report itself proves the cause. */
  readonly isConfirmed: boolean
  readonly ways: readonly CaseWay[]
}

/** A report that is not replayed: what covers it here, and the test that shows it. */
export interface UnplayedReport {
  readonly id: string
  /** A URL, or a short description of where it was reported. */
  readonly source: string
  readonly reported: string
  /** What the reporter had in hand, where there was an error to look up. */
  readonly inHand?: string
  readonly here: string
  readonly seenIn?: string
}

/** The name of a reported cause in this project; without a name, it has no cause here. */
export interface CaseName {
  readonly ours?: string
  /** Given if the two names differ. */
  readonly because?: string
}

/** The content of `docs/cases.md`. */
export interface CasesPage {
  readonly cases: readonly ReportedCase[]
  /** For each case, the outcome of each of its ways, in their order. */
  readonly outcomes: Readonly<Record<string, readonly CaseOutcome[]>>
  readonly names: Readonly<Record<string, CaseName>>
  readonly unplayed: readonly UnplayedReport[]
}

interface Row {
  readonly one: ReportedCase
  readonly way: CaseWay
  readonly outcome: CaseOutcome
}

interface Section {
  /** Its heading on the page. */
  readonly title: string
  readonly belongs: (outcome: CaseOutcome) => boolean
  /** Whether the outcome is written once above a table, and not in each row. */
  readonly isGrouped: boolean
}

const isDiagnosed = (certainty: Certainty) => (outcome: CaseOutcome) =>
  outcome.becomes === 'diagnosed' && outcome.certainty === certainty

const sections: readonly Section[] = [
  {
    title: 'Made impossible',
    belongs: ({ becomes }) => becomes === 'impossible',
    isGrouped: true,
  },
  {
    title: 'Refused before deployment',
    belongs: ({ becomes }) => becomes === 'misconfigured',
    isGrouped: false,
  },
  {
    title: 'Refused before Cognito is called',
    belongs: ({ becomes }) => becomes === 'refused',
    isGrouped: false,
  },
  { title: 'Diagnosed: proved', belongs: isDiagnosed('proved'), isGrouped: false },
  { title: 'Diagnosed: likely', belongs: isDiagnosed('likely'), isGrouped: false },
  { title: 'Diagnosed: undetermined', belongs: isDiagnosed('undetermined'), isGrouped: true },
  {
    title: 'Succeeds',
    belongs: ({ becomes }) => becomes === 'carried',
    isGrouped: true,
  },
]

/** Renews `docs/cases.md`: what happens here to failures that others reported, as seen when replaying them. */
export function renewCasesPage(page: string, content: CasesPage): string {
  const rows = toRows(content)
  return renewParts(page, {
    summary: toSummary(content.cases, rows),
    ...Object.fromEntries(
      sections.map((section) => [section.title, toCases(section, rows, content.names)]),
    ),
    unplayed: toUnplayed(content),
    names: toNames(content),
  })
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
    `The tests replay ${cases.length} failures in ${rows.length} ways, because some mistakes can be made in more than one place. Of these failures, ${confirmed} have a confirmed cause and ${unknown} an unknown one.`,
    toTable(
      ['outcome', 'ways'],
      sections.map(({ title, belongs }) => [
        `[${title}](#${toAnchor(title)})`,
        `${rows.filter(({ outcome }) => belongs(outcome)).length}`,
      ]),
    ),
  ])
}

const head = ['case', 'report', 'reported cause', 'replayed as']

/** The anchor of a heading on the page. */
function toAnchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z ]/g, '')
    .replaceAll(' ', '-')
}

function toCases(
  { belongs, isGrouped }: Section,
  all: readonly Row[],
  names: CasesPage['names'],
): string {
  const rows = all.filter(({ outcome }) => belongs(outcome))
  if (isGrouped) return toPage(toGroups(rows, names))
  const cells = rows.map((row) => [...toCells(row, names), describe(row.outcome)])
  return toTable([...head, 'outcome'], cells)
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

function toSource({ id, source }: Pick<ReportedCase, 'id' | 'source'>): string {
  return source.startsWith('https://') ? `[${id}](${source})` : `${id} (${source})`
}

function describe(outcome: CaseOutcome): string {
  if (outcome.becomes === 'impossible') return preventions[outcome.by]
  if (outcome.becomes === 'carried') return ''
  if (outcome.becomes === 'misconfigured') return outcome.problems.map(toCode).join(' ')
  const seen = outcome.evidence.map(toCode).join(', ')
  const cause = `[${toCode(outcome.cause)}](runbook/${outcome.cause}.md)`
  const named = seen === '' ? `${cause}.` : `${cause}, by ${seen}.`
  if (outcome.becomes === 'refused' || outcome.candidates.length === 0) return named
  return `${named} Candidates: ${outcome.candidates.map(toCode).join(', ')}.`
}

function toUnplayed({ unplayed }: CasesPage): string {
  const rows = unplayed.map((report) => {
    const test = report.seenIn === undefined ? '' : `[test](../${report.seenIn})`
    return [toSource(report), report.reported, report.here, test]
  })
  return toTable(['case', 'report', 'here', 'shown by'], rows)
}

function toNames({ names }: CasesPage): string {
  const rows = Object.entries(names)
    .filter(([word, { ours }]) => word !== ours)
    .map(([word, { ours, because = '' }]) => [
      toCode(word),
      ours === undefined ? 'none' : toCode(ours),
      because,
    ])
  return toTable(['reported', 'here', 'why'], rows)
}
