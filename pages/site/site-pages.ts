import { posix } from 'node:path'
import { type MarkedToken, marked, type Token, type Tokens } from 'marked'

/** A Markdown page of the project by its path from the root, such as `docs/runbook/waf_blocked.md`. */
export interface SourcePage {
  readonly source: string
  readonly text: string
}

/** Where one page of the site is, and what its frame says. */
export interface SitePage extends SourcePage {
  /** Below the address of the site: empty for its start page, otherwise with a slash at its end. */
  readonly address: string
  readonly title: string
  readonly sections: readonly Heading[]
}

/** A heading that a link can lead to. */
export interface Heading {
  readonly id: string
  readonly text: string
}

const docs = 'docs/'

/** The comments around generated parts, which are for those who edit a page. */
const marks = /^<!-- .* -->\n+/gm

/**
 * Makes a page of the site of a Markdown file. Its address is the path of the file, as a folder: static hosts
 * answer `BASE/runbook/CAUSE.md`, the form of every `error_uri`, with a redirect to that folder, and browsers
 * keep the anchor on the way.
 */
export function toSitePage({ source, text }: SourcePage): SitePage {
  const tokens = marked.lexer(text.replaceAll(marks, ''))
  const titleToken = tokens.find((token) => token.type === 'heading' && token.depth === 1)
  return {
    source,
    text: text.replaceAll(marks, ''),
    address: toAddress(source),
    title: titleToken === undefined ? source : toPlainText([titleToken]),
    sections: toSections(tokens),
  }
}

function toSections(tokens: readonly Token[]): readonly Heading[] {
  const toAnchor = openAnchors()
  const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading'
  return tokens
    .filter(isHeading)
    .map(({ depth, tokens: inside }) => {
      const text = toPlainText(inside)
      return { depth, text, id: toAnchor(text) }
    })
    .filter(({ depth }) => depth === 2)
    .map(({ text, id }) => ({ text, id }))
}

function toAddress(source: string): string {
  const path = source.startsWith(docs) ? source.slice(docs.length) : source
  return posix.basename(path) === 'README.md' ? path.slice(0, -'README.md'.length) : `${path}/`
}

/** What a reader sees of inline Markdown. */
export function toPlainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      const known = token as MarkedToken
      if ('tokens' in known && known.tokens !== undefined) return toPlainText(known.tokens)
      return 'text' in known ? known.text : ''
    })
    .join('')
}

/**
 * Gives each heading of one page its anchor, in their order, as hosts of Git repositories make it: links of the
 * docs work on both.
 */
export function openAnchors(): (heading: string) => string {
  const counts = new Map<string, number>()
  return (heading) => {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-')
    const count = counts.get(anchor) ?? 0
    counts.set(anchor, count + 1)
    return count === 0 ? anchor : `${anchor}-${count}`
  }
}

/** Finds what a link of a page leads to in the site, or undefined if the site does not have it. */
export type LinkResolver = (from: SitePage, target: string) => string | undefined

/**
 * Makes the links of the site relative, so that it can be published below any address.
 *
 * @param files further files of `docs/`, by their path from the root of the project
 */
export function openLinkResolver(
  pages: readonly SitePage[],
  files: readonly string[],
): LinkResolver {
  const addresses = new Map([
    ...files.map((file) => [file, file.slice(docs.length)] as const),
    ...pages.map(({ source, address }) => [source, address] as const),
  ])
  return (from, target) => {
    if (/^(?:https?:|mailto:|#)/.test(target)) return target
    const [path = '', anchor] = target.split('#')
    const address = addresses.get(posix.join(posix.dirname(from.source), path))
    if (address === undefined) return undefined
    return toRelative(from.address, address) + (anchor === undefined ? '' : `#${anchor}`)
  }
}

/** The way from one address of the site to another, for a link. */
export function toRelative(from: string, to: string): string {
  const way = posix.relative(`/${from}`, `/${to}`)
  return to === '' || to.endsWith('/') ? `${way || '.'}/` : way
}
