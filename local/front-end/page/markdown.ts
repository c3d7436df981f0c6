import { element } from './element.ts'

/**
 * Makes elements of a small part of Markdown: headings, lists, tables, quotes, code, links, emphasis. What
 * it does not know stays the text that it is, and nothing is ever read as HTML.
 */
export const makeMarkdown = (text: string): readonly HTMLElement[] => {
  const made: HTMLElement[] = []
  const lines = text.split('\n')
  while (lines.length > 0) {
    const line = lines[0] ?? ''
    const kind = kinds.find(({ begins }) => begins.test(line))
    if (kind === undefined) lines.shift()
    else made.push(kind.make(lines))
  }
  return made
}

/** One kind of block: it takes its lines off the front. */
interface Kind {
  readonly begins: RegExp
  readonly make: (lines: string[]) => HTMLElement
}

const takeWhile = (lines: string[], fits: RegExp): readonly string[] => {
  const end = lines.findIndex((line) => !fits.test(line))
  return lines.splice(0, end === -1 ? lines.length : end)
}

const makeHeading = (lines: string[]): HTMLElement => {
  const [, marks = '', title = ''] = /^(#{1,6}) (.*)$/.exec(lines.shift() ?? '') ?? []
  const tag = marks.length === 1 ? 'h1' : marks.length === 2 ? 'h2' : 'h3'
  return element(tag, { id: title.toLowerCase().replaceAll(/[^\w]+/g, '-') }, ...makeInline(title))
}

const makeCode = (lines: string[]): HTMLElement => {
  const indent = /^ */.exec(lines.shift() ?? '')?.[0].length ?? 0
  const code = takeWhile(lines, /^(?! *```)/)
  lines.shift()
  return element('pre', { tabindex: 0 }, code.map((line) => line.slice(indent)).join('\n'))
}

const makeTable = (lines: string[]): HTMLElement => {
  const [head = [], , ...rows] = takeWhile(lines, /^\|/).map(toCells)
  const makeRow = (tag: 'th' | 'td', cells: readonly string[]) =>
    element('tr', {}, ...cells.map((cell) => element(tag, {}, ...makeInline(cell))))
  return element(
    'table',
    {},
    element('thead', {}, makeRow('th', head)),
    element('tbody', {}, ...rows.map((row) => makeRow('td', row))),
  )
}

const toCells = (line: string): readonly string[] =>
  line
    .replaceAll(/^\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'))

const makeQuote = (lines: string[]): HTMLElement => {
  const quoted = takeWhile(lines, /^>/).map((line) => line.replace(/^> ?/, ''))
  return element('blockquote', {}, ...makeInline(quoted.join(' ')))
}

const makeList = (tag: 'ul' | 'ol', mark: RegExp) => (lines: string[]) => {
  // A list goes on after a block of code within it, which began a new one here.
  const start = tag === 'ol' ? Number.parseInt(lines[0] ?? '', 10) : undefined
  const items = takeWhile(lines, mark).map((line) => line.replace(mark, ''))
  return element(tag, { start }, ...items.map((item) => element('li', {}, ...makeInline(item))))
}

const makeParagraph = (lines: string[]): HTMLElement => {
  const others = kinds.slice(0, -1)
  const [first = ''] = lines.splice(0, 1)
  const end = lines.findIndex(
    (line) => line.trim() === '' || others.some(({ begins }) => begins.test(line)),
  )
  const more = lines.splice(0, end === -1 ? lines.length : end)
  return element('p', {}, ...makeInline([first, ...more].join(' ')))
}

const bullet = /^\s*[-*] /
const number = /^\s*\d+\. /

const kinds: readonly Kind[] = [
  { begins: /^#{1,6} /, make: makeHeading },
  { begins: /^ *```/, make: makeCode },
  { begins: /^\|/, make: makeTable },
  { begins: /^>/, make: makeQuote },
  { begins: bullet, make: makeList('ul', bullet) },
  { begins: number, make: makeList('ol', number) },
  { begins: /\S/, make: makeParagraph },
]

const marked =
  /(`[^`]+`|\*\*.+?\*\*|\[[^\]]+\]\([^)\s]+\)|https?:\/\/[^\s)]+[^\s).,;]|docs\/runbook\/[\w-]+\.md)/

/** Makes the text of one line: code, bold, links, and addresses that stand bare. */
export const makeInline = (text: string): readonly (Node | string)[] =>
  text.split(marked).map((part, index) => (index % 2 === 0 ? part : makeMarked(part)))

const makeMarked = (part: string): Node | string => {
  if (part.startsWith('`')) return element('code', {}, part.slice(1, -1))
  if (part.startsWith('**')) return element('b', {}, ...makeInline(part.slice(2, -2)))
  const [, label = part, target = part] = /^\[(.+)\]\((.+)\)$/.exec(part) ?? []
  const address = toAddress(target)
  return address === undefined ? label : element('a', { href: address }, ...toLabel(label))
}

/** An address that stands bare is long, and its last part says as much. */
const toLabel = (label: string): readonly (Node | string)[] => {
  const [, page] = /\/([\w-]+)\.md$/.exec(label) ?? []
  if (page !== undefined) return [page]
  return label.startsWith('`') ? [element('code', {}, label.slice(1, -1))] : [label]
}

/** Where a link leads from these pages; undefined where there is nothing of the kind here. */
export const toAddress = (target: string): string | undefined => {
  if (/^(?:https?:\/\/|#)/.test(target)) return target
  const page = /^(?:\.\/)?(?:docs\/runbook\/)?([\w-]+)\.md(#[\w-]+)?$/.exec(target)
  return page === null ? undefined : `/runbook/${page[1]}.md${page[2] ?? ''}`
}
