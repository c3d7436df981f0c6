const hostName =
  /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]']
/** Schemes that run or read something in a browser instead of opening an app. */
const dangerousSchemes =
  /^(?:about|blob|chrome|data|file|filesystem|ftp|ftps|intent|jar|javascript|mailto|sms|tel|vbscript|view-source|wss?)$/

interface Address {
  readonly scheme: string
  readonly host: string
  /** As it is written; empty where it is left out. */
  readonly port: string
  readonly rest: string
}

function toAddress(text: string): Address | undefined {
  const match = /^(https?):\/\/(\[[0-9a-f:]+\]|[^/?#@:[\]]+)(?::([1-9]\d{0,4}))?([/?#].*)?$/.exec(
    text,
  )
  if (match === null || /[^\x21-\x7e]/.test(text) || text.includes('*') || text.includes('\\')) {
    return undefined
  }
  const [, scheme = '', host = '', port = '', rest = ''] = match
  return Number(port) <= 65_535 ? { scheme, host, port, rest } : undefined
}

/** https on a host name, or http(s) on a loopback host; no user info, no other IP literal. */
function isSafe(address: Address): boolean {
  if (loopbackHosts.includes(address.host)) return true
  return address.scheme === 'https' && hostName.test(address.host)
}

/** Whether a text is a base URL: scheme, host and port only. */
export function isBaseUrl(text: string): boolean {
  const address = toAddress(text)
  return address !== undefined && isSafe(address) && address.rest === ''
}

/** One Chrome extension: its id is made from its key, so that no other has it. */
const chromeExtension = /^chrome-extension:\/\/[a-p]{32}$/

/**
 * Whether a text is an origin as a browser sends it: lower case, no path, and no default port, which
 * a browser leaves out. Of the origins that are none of the web's, only that of a Chrome extension names one
 * program: `capacitor://localhost` is every such app's.
 */
export function isOrigin(text: string): boolean {
  if (chromeExtension.test(text)) return true
  const address = toAddress(text)
  return isBaseUrl(text) && address?.port !== (address?.scheme === 'https' ? '443' : '80')
}

/** Whether a text is an https (loopback: also http) URL with neither query nor fragment. */
export function isPlainUrl(text: string): boolean {
  const address = toAddress(text)
  return address !== undefined && isSafe(address) && !/[?#]/.test(address.rest)
}

/**
 * Whether a text can be a redirect URI: https, http on loopback, or an app's private scheme; up to 1,024
 * characters, no fragment.
 *
 * @see RFC 6749 section 3.1.2 and RFC 8252 section 7
 */
export function isRedirectUri(text: string): boolean {
  if (text.length > 1024 || text.includes('#') || text.includes('*')) return false
  const address = toAddress(text)
  if (address !== undefined) return isSafe(address)
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):(?!\/\/[^/]*@)[\x21-\x7e]*$/
    .exec(text)?.[1]
    ?.toLowerCase()
  if (scheme === undefined || scheme === 'http' || scheme === 'https') return false
  return !dangerousSchemes.test(scheme)
}
