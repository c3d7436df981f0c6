import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import { element } from './element.ts'

type Made = Node | string

/**
 * Makes elements of Markdown, which the library only takes apart. What has no element here stays the text
 * that it is, and nothing is ever read as HTML.
 */
export const makeMarkdown = (text: string): readonly Made[] => makeAll(Lexer.lex(text))

/** Renders one line of text: code, emphasis, links. */
export const makeInline = (text: string): readonly Made[] => makeAll(Lexer.lexInline(text))

const makeAll = (tokens: readonly Token[]): readonly Made[] =>
  tokens.flatMap((token) => make(token as MarkedToken))

const make = (token: MarkedToken): readonly Made[] => {
  switch (token.type) {
    case 'space':
      return []
    case 'heading':
      return [makeHeading(token)]
    case 'paragraph':
      return [element('p', {}, ...makeAll(token.tokens))]
    case 'code':
      return [element('pre', { tabindex: 0 }, token.text)]
    case 'blockquote':
      return [element('blockquote', {}, ...makeAll(token.tokens))]
    case 'list':
      return [makeList(token)]
    case 'table':
      return [makeTable(token)]
    case 'codespan':
      return [element('code', {}, token.text)]
    case 'strong':
      return [element('b', {}, ...makeAll(token.tokens))]
    case 'em':
      return [element('em', {}, ...makeAll(token.tokens))]
    case 'link':
      return makeLink(token)
    case 'text':
      return token.tokens === undefined ? [token.text] : makeAll(token.tokens)
    default:
      return [token.raw]
  }
}

const makeHeading = ({ depth, text, tokens }: Tokens.Heading): HTMLElement => {
  const tag = depth === 1 ? 'h1' : depth === 2 ? 'h2' : 'h3'
  return element(tag, { id: text.toLowerCase().replaceAll(/[^\w]+/g, '-') }, ...makeAll(tokens))
}

const makeList = ({ ordered, items }: Tokens.List): HTMLElement =>
  element(
    ordered ? 'ol' : 'ul',
    {},
    ...items.map(({ tokens }) => element('li', {}, ...makeAll(tokens))),
  )

const makeTable = ({ header, rows }: Tokens.Table): HTMLElement => {
  const makeRow = (tag: 'th' | 'td', cells: readonly Tokens.TableCell[]) =>
    element('tr', {}, ...cells.map(({ tokens }) => element(tag, {}, ...makeAll(tokens))))
  return element(
    'table',
    {},
    element('thead', {}, makeRow('th', header)),
    element('tbody', {}, ...rows.map((row) => makeRow('td', row))),
  )
}

const makeLink = ({ href, tokens }: Tokens.Link): readonly Made[] => {
  const address = toAddress(href)
  const label = makeAll(tokens)
  return address === undefined ? label : [element('a', { href: address }, ...label)]
}

/** The target of a link on these pages; undefined if it does not exist here. */
export const toAddress = (target: string): string | undefined => {
  if (/^(?:https?:\/\/|#)/.test(target)) return target
  const page = /^(?:\.\/)?(?:docs\/runbook\/)?([\w-]+)\.md(#[\w-]+)?$/.exec(target)
  return page === null ? undefined : `/docs/runbook/${page[1]}.md${page[2] ?? ''}`
}
