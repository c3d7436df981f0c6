import type { Reason } from '../../core/explain/reasons.ts'
import { toWording, type WordingName } from '../../core/explain/wordings.ts'
import { type ReasonText, toReasonText } from '../../runbook/explanation.ts'
import { toCode, toCodeBlock, toPage, toTable } from '../../runbook/markdown.ts'
import { toWordTable } from '../cause-page.ts'
import { type Branch, groupBranches, nameSteps, toDecisionTree } from './decision-tree.ts'
import { countReports, type ReportCounts } from './report-counts.ts'
import { type RequestTrial, type SwitchTrial, toCurl, trials } from './trials.ts'

/** What the switchboard of `npm start` calls its switches, by their ids. */
export type SwitchTitles = Readonly<Record<string, { readonly title: string }>>

/** Lists the reasons of a wording by how often they were reported; the order of the table breaks a tie. */
export function rankReasons(name: WordingName): readonly Reason[] {
  const { byReason } = countReports(name)
  return [...toWording(name).reasons].sort(
    (one, other) => (byReason.get(other) ?? 0) - (byReason.get(one) ?? 0),
  )
}

/** Draws the decision tree of a wording. */
export function toErrorTree(name: WordingName): string {
  return toDecisionTree(`What decides about ${toWording(name).title}`, toBranches(name))
}

/** Writes the page of a wording: what may be behind it, what decides, and what fixes it. */
export function toErrorPage(name: WordingName, switches: SwitchTitles): string {
  const { title, example, about } = toWording(name)
  const counts = countReports(name)
  const reasons = groupBranches(toBranches(name)).flatMap(([, branches]) => branches)
  const body = toPage([
    about,
    toCodeBlock('', example),
    toSummary(counts),
    toTable(
      ['reason', 'only', 'reports', 'fix'],
      reasons.map(({ reason, steps }) => [
        `[${toCode(reason)}](#${reason})`,
        nameSteps(steps),
        toShare(reason, counts),
        toReasonText(reason).fix,
      ]),
    ),
    `![Decision tree: the questions of this page from the top, each with the reason that a yes means](${name}.svg)`,
    ...reasons.map(({ reason }) => toSection(reason, counts, switches)),
  ])
  const words = toWordTable(body)
  return `${toPage([
    `# ${title}`,
    '[All wordings](README.md) · [every cause of the proxy](../runbook/README.md) · paste yours: `npm run explain`',
    body,
    words === '' ? '' : toPage(['## Words in capitals', words]),
  ])}\n`
}

function toBranches(name: WordingName): readonly Branch[] {
  const { onlyAt = {} } = toWording(name)
  return rankReasons(name).map((reason) => ({
    reason,
    ask: toReasonText(reason).ask,
    steps: onlyAt[reason],
  }))
}

function toSummary({ all, byReason }: ReportCounts): string {
  if (all === 0)
    return 'No [reported case](../cases.md) has this wording; the reasons are documented or inferred.'
  const known = [...byReason.values()].reduce((sum, count) => sum + count, 0)
  return `${all} of the [reported cases](../cases.md) ${all === 1 ? 'has' : 'have'} this wording, and for ${known} of them the reason is known. A reason that no report has is documented or inferred.`
}

function toShare(reason: Reason, { all, byReason }: ReportCounts): string {
  const count = byReason.get(reason) ?? 0
  return count === 0 ? '' : `${count} of ${all}`
}

function toSection(reason: Reason, counts: ReportCounts, switches: SwitchTitles): string {
  const text = toReasonText(reason)
  const share = toShare(reason, counts)
  return toPage([
    `## ${reason}`,
    share === '' ? '' : `Met in ${share} reports.`,
    `**What decides:** ${text.ask} ${text.look}`,
    toCommand(text.command),
    `**Fix:** ${text.fix}`,
    toCommand(text.repair),
    `**With the proxy:** ${toProxyText(text)}`,
    toTrialText(reason, switches),
  ])
}

function toCommand(command: string | undefined): string {
  return command === undefined ? '' : toCodeBlock('sh', command)
}

function toProxyText({ withProxy, page }: ReasonText): string {
  return page === undefined ? withProxy : `${withProxy} [Its page](../${page}).`
}

function toTrialText(reason: Reason, switches: SwitchTitles): string {
  const trial = trials[reason]
  if (trial === undefined) return '**Try it:** the local world cannot make it.'
  return isSwitch(trial) ? toSwitchText(trial, reason, switches) : toRequestText(trial)
}

function isSwitch(trial: SwitchTrial | RequestTrial): trial is SwitchTrial {
  return 'switch' in trial
}

function toSwitchText(trial: SwitchTrial, reason: Reason, switches: SwitchTitles): string {
  const { title = trial.switch } = switches[trial.switch] ?? {}
  const act = trial.attempt === 'refresh' ? 'refresh' : 'sign in'
  const client = trial.client === undefined ? '' : `choose the client ${toCode(trial.client)}, `
  const open = trial.cause === reason ? '' : `, with ${toCode(reason)} among its candidates`
  return `**Try it:** \`npm start\`, ${client}press *${title}*, then ${act}: the record has the cause ${toCode(trial.cause)}${open}.`
}

function toRequestText(trial: RequestTrial): string {
  return toPage([
    `**Try it:** \`npm start\`, then send this request: the answer has the cause ${toCode(trial.cause)}.`,
    toCodeBlock('sh', toCurl(trial)),
  ])
}
