import { Marked, type RendererObject, type Tokens } from 'marked'
import { type LinkResolver, openAnchors, type SitePage, toPlainText } from './site-pages.ts'

/** Makes the HTML of a page's Markdown; links that lead out of the site to files of the project become text. */
export function toPageHtml(page: SitePage, resolve: LinkResolver): string {
  return new Marked({ renderer: toRenderer(page, resolve) }).parse(page.text, { async: false })
}

function toRenderer(page: SitePage, resolve: LinkResolver): RendererObject {
  const toAnchor = openAnchors()
  return {
    heading({ depth, tokens }) {
      const id = toAnchor(toPlainText(tokens))
      return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`
    },
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens)
      const address = resolve(page, href)
      return address === undefined ? text : `<a href="${escapeHtml(address)}">${text}</a>`
    },
    image({ href, text }) {
      const address = resolve(page, href) ?? href
      return `<img src="${escapeHtml(address)}" alt="${escapeHtml(text)}">`
    },
    // Whoever has no mouse scrolls a wide block with the keys, which takes the focus.
    code({ text, lang }) {
      const label = lang === undefined || lang === '' ? 'text' : lang
      return `<pre tabindex="0" role="group" aria-label="${escapeHtml(label)}"><code>${escapeHtml(text)}</code></pre>\n`
    },
    table({ header, rows }) {
      // An empty header is none: a screen reader would announce it.
      const toCell = ({ header: isHeader, tokens, text }: Tokens.TableCell) => {
        const tag = isHeader && text !== '' ? 'th' : 'td'
        return `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`
      }
      const toRow = (cells: readonly Tokens.TableCell[]) => `<tr>${cells.map(toCell).join('')}</tr>`
      const label = header.map(({ tokens }) => toPlainText(tokens)).join(', ')
      const head = `<thead>${toRow(header)}</thead>`
      const body = rows.map((row) => toRow(row)).join('\n')
      return `<div class="wide" tabindex="0" role="group" aria-label="Table: ${escapeHtml(label)}"><table>${head}<tbody>${body}</tbody></table></div>\n`
    },
    // The docs have no HTML of their own.
    html: ({ text }) => escapeHtml(text),
  }
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
