import type { Reason } from '../../core/explain/reasons.ts'
import type { OAuthStep } from '../../core/explain/wording.ts'

/** One question of the tree, and the reason that a yes leads to. */
export interface Branch {
  readonly ask: string
  readonly reason: Reason
  /** The only steps that can have this reason; undefined where every step can. */
  readonly steps: readonly OAuthStep[] | undefined
}

const stepNames: Readonly<Record<OAuthStep, string>> = {
  authorize: 'at the sign-in page',
  code: 'with a code',
  refresh: 'with a refresh token',
  machine: 'with client_credentials',
  revocation: 'at /oauth2/revoke',
  logout: 'at /logout',
}

const [width, questionWidth, answerLeft, rowHeight, headHeight] = [760, 400, 470, 50, 34]
const boxHeight = 34

/** Follows the theme of the reader; without one, as in old viewers, both colours can be read. */
const style = `<style>
.b{fill:#ffffff;stroke:#57606a}.q{fill:#1f2328}.r{fill:#0a3069;font-family:monospace}
.l{stroke:#57606a;fill:none}.s{fill:#57606a}
@media (prefers-color-scheme:dark){.b{fill:#161b22;stroke:#8b949e}.q{fill:#e6edf3}.r{fill:#a5d6ff}.l{stroke:#8b949e}.s{fill:#8b949e}}
</style>`

/** Groups the branches by the steps that can have them, where no branch is common to all steps. */
export function groupBranches(
  branches: readonly Branch[],
): readonly (readonly [head: string, branches: readonly Branch[]])[] {
  if (branches.some(({ steps }) => steps === undefined)) return [['', branches]]
  return [...Map.groupBy(branches, ({ steps }) => nameSteps(steps))]
}

/** Names the only steps that can have a reason; empty where every step can. */
export function nameSteps(steps: readonly OAuthStep[] = []): string {
  return steps.map((step) => stepNames[step]).join(' or ')
}

/** Draws the questions that tell the reasons of a wording apart, as SVG. */
export function toDecisionTree(title: string, branches: readonly Branch[]): string {
  const drawn: string[] = []
  let top = 8
  for (const [head, members] of groupBranches(branches)) {
    if (head !== '') {
      drawn.push(`<text class="s" x="8" y="${top + 20}" font-weight="bold">Only ${head}:</text>`)
      top += headHeight
    }
    for (const [index, branch] of members.entries()) {
      drawn.push(toRow(branch, top, index === members.length - 1))
      top += rowHeight
    }
  }
  const asked = branches.map(({ ask, reason }) => `${ask} Yes: ${reason}.`).join(' ')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" role="img" aria-labelledby="t d" font-family="sans-serif" font-size="13">`,
    `<title id="t">${toXml(title)}</title>`,
    `<desc id="d">${toXml(asked)}</desc>`,
    style,
    ...drawn,
    '</svg>\n',
  ].join('\n')
}

function toRow({ ask, reason }: Branch, top: number, isLast: boolean): string {
  const middle = top + boxHeight / 2
  const below = top + boxHeight
  return [
    `<rect class="b" x="8" y="${top}" width="${questionWidth}" height="${boxHeight}" rx="6"/>`,
    `<text class="q" x="18" y="${middle + 4}">${toXml(ask)}</text>`,
    `<path class="l" d="M${questionWidth + 8} ${middle}H${answerLeft}"/>`,
    `<text class="s" x="${questionWidth + 24}" y="${middle - 5}">yes</text>`,
    `<rect class="b" x="${answerLeft}" y="${top}" width="${width - answerLeft - 8}" height="${boxHeight}" rx="17"/>`,
    `<text class="r" x="${answerLeft + 12}" y="${middle + 4}" font-size="11">${reason}</text>`,
    ...(isLast
      ? []
      : [
          `<path class="l" d="M32 ${below}V${top + rowHeight}"/>`,
          `<text class="s" x="38" y="${below + 13}">no</text>`,
        ]),
  ].join('\n')
}

function toXml(text: string): string {
  return text.replaceAll('`', '').replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
