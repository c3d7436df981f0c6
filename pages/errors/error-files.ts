import { libraryTexts } from '../../core/explain/library-texts.ts'
import { oauthWords } from '../../core/explain/oauth-words.ts'
import { otherAnswers } from '../../core/explain/other-answers.ts'
import { toWording, type WordingName, wordingNames } from '../../core/explain/wordings.ts'
import { toPage, toTable } from '../../runbook/markdown.ts'
import { renewParts } from '../generated-parts.ts'
import { rankReasons, type SwitchTitles, toErrorPage, toErrorTree } from './error-page.ts'
import { countReports } from './report-counts.ts'

const sections = [
  ['Words of Cognito', oauthWords],
  ['Answers that are no OAuth error, and no answer at all', otherAnswers],
  ['Texts of libraries, pages and the AWS CLI', libraryTexts],
] as const

/** Writes every file of `docs/errors/` by its name: a page and a picture for each wording, and the index. */
export function toErrorFiles(switches: SwitchTitles): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ['README.md', toIndex()],
    ...wordingNames.flatMap((name) => [
      [`${name}.md`, toErrorPage(name, switches)],
      [`${name}.svg`, toErrorTree(name)],
    ]),
  ])
}

/** Renews `docs/README.md`: from its list of wordings, a reader with one word in hand is two clicks from the fix. */
export function renewStartPage(page: string): string {
  const lists = sections.map(([title, table]) => {
    const names = Object.keys(table) as readonly WordingName[]
    const links = names.map((name) => `[${toWording(name).title}](errors/${name}.md)`)
    return toPage([`### ${title}`, links.map((link) => `- ${link}`).join('\n')])
  })
  return renewParts(page, { wordings: toPage(lists) })
}

function toIndex(): string {
  return `${toPage([
    '# What an error of Cognito means',
    'Amazon Cognito answers many different mistakes with the same word. Each page lists what may be behind one wording, what decides between the reasons, and the call that fixes each. You need neither the proxy nor a deployment for it.',
    'Or paste what you have, and let the rules look: `npm run explain -- TEXT`. With read-only rights on the user pool, `npm run doctor -- --user-pool-id POOL --client-id CLIENT` looks itself.',
    ...sections.map(([title, table]) =>
      toPage([`## ${title}`, toSection(Object.keys(table) as readonly WordingName[])]),
    ),
  ])}\n`
}

function toSection(names: readonly WordingName[]): string {
  return toTable(
    ['wording', 'reports', 'what is behind it most often'],
    names.map((name) => {
      const first = rankReasons(name).slice(0, 3)
      const links = first.map((reason) => `[\`${reason}\`](${name}.md#${reason})`)
      return [
        `[${toWording(name).title}](${name}.md)`,
        `${countReports(name).all}`,
        links.join(', '),
      ]
    }),
  )
}
