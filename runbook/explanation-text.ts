import { placeholders } from './commands.ts'
import type { FullExplanation } from './explanation.ts'
import { toLookedText } from './looked-text.ts'

/** More than these are only named: the first ones are the most frequent. */
const mostInFull = 5

const unknownText = `Nothing in this text is known. Paste one of these:
  the body of the answer ({"error":"…"}) with its status line and headers: in the network tab of the browser, the request to
    /oauth2/token; or what curl -i prints for the same request
  the request: "Copy as cURL" in the network tab
  the whole error of the library, with its cause: in the console of the browser or the log of the server
  the address of the page at which sign-in ended, if it has error= in it
  the record of the proxy: in its log group; --request-id ID prints the command`

type Full = FullExplanation['suspicions'][number]

/** Writes an explanation for a terminal; nothing of the pasted text is in it. */
export function toExplanationText(explanation: FullExplanation): string {
  const { suspicions, secrets } = explanation
  const shown = suspicions.slice(0, mostInFull)
  const rest = suspicions.slice(mostInFull).map(({ reason }) => reason)
  const body = [
    toVerdict(explanation),
    ...shown.map((one, index) => toItem(one, index, shown)),
    rest.length === 0 ? '' : `Also possible: ${rest.join(', ')}.`,
    toLookedText(explanation.looked),
    toNext(shown[0]),
    explanation.page === undefined ? '' : `More: ${explanation.page}`,
  ].filter((part) => part !== '')
  return [...secrets.map(toWarning), ...body, ...toLegend(body.join('\n'))].join('\n\n')
}

function toWarning({ name, advice }: FullExplanation['secrets'][number]): string {
  return `! The text contains ${name}. Whoever you showed it to has it. ${advice}`
}

function toVerdict({ suspicions, about, from }: FullExplanation): string {
  const [first, ...others] = suspicions
  if (first === undefined) return about ?? unknownText
  const said = from === 'text' && about !== undefined ? `${toPlain(about)}\n\n` : ''
  if (first.certainty === 'proved') return `${said}It is proved: ${first.reason}.`
  if (others.length === 0) return `${said}Only this is known to cause it:`
  return first.certainty === 'likely'
    ? `${said}Likely: ${first.reason}. ${others.length} more remain possible.`
    : `${said}The text does not decide. ${suspicions.length} reasons are known, the most frequent first:`
}

function toItem(one: Full, index: number, all: readonly Full[]): string {
  const isAbove = (command: string | undefined, field: 'command' | 'repair') =>
    all.findIndex((other) => other[field] === command) < index
  const because = one.because.map((sentence) => `   Seen: ${sentence}`)
  return [
    `${index + 1}. ${one.reason} (${one.certainty === 'undetermined' ? 'possible' : one.certainty})`,
    ...because,
    `   Decide: ${one.ask} ${toPlain(one.look)}`,
    ...toCommand(one.command, isAbove(one.command, 'command')),
    `   Fix: ${toPlain(one.fix)}`,
    ...toCommand(one.repair, isAbove(one.repair, 'repair')),
    `   With the proxy: ${one.withProxy}${one.page === undefined ? '' : ` See docs/${one.page}`}`,
  ].join('\n')
}

function toCommand(command: string | undefined, isAbove = false): readonly string[] {
  if (command === undefined) return []
  return [
    isAbove ? '     (the same call as above)' : `     $ ${command.replaceAll('\n', '\n       ')}`,
  ]
}

function toNext(first: Full | undefined): string {
  if (first === undefined) return ''
  if (first.command === undefined) return `Next: ${first.ask} ${toPlain(first.look)}`
  return `Next: ${first.ask}\n${toCommand(first.command).join('\n')}`
}

/** Says what the words in capitals stand for. */
function toLegend(text: string): readonly string[] {
  const used = Object.entries(placeholders).filter(([word]) =>
    new RegExp(`\\b${word}\\b`).test(text),
  )
  return used.length === 0
    ? []
    : [['Replace:', ...used.map(([word, meaning]) => `  ${word}: ${meaning}`)].join('\n')]
}

function toPlain(markdown: string): string {
  return markdown.replaceAll(/\*\*/g, '').replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1')
}
