/**
 * What pages of the site of `docs/` may load: their own files alone. The search runs WebAssembly, and its library has
 * pictures in its style sheet; nothing needs an inline script or style.
 */
export const siteContentPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const contentTypes: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['ts', 'text/plain; charset=utf-8'],
  ['json', 'application/json'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
])

/** Gives the media type of a file of the site by the end of its name. */
export function toSiteContentType(name: string): string {
  const end = name.slice(name.lastIndexOf('.') + 1)
  return contentTypes.get(end) ?? 'application/octet-stream'
}

/** The files whose name has a digest of their content, as Pagefind writes them. */
const digested = /_[0-9a-f]{6,}\.pf_(?:fragment|index|meta)$/

/**
 * Says how long a browser keeps a file of the site. Pages change with a deployment, so that a reader has the new one
 * minutes later.
 */
export function toSiteCacheControl(name: string): string {
  return digested.test(name) ? 'public, max-age=31536000, immutable' : 'public, max-age=300'
}
