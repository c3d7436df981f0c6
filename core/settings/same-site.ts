/** Suffixes under which everybody can have a name, so that two names there are two sites. */
const tenantSuffixes = [
  ...['amazonaws.com', 'amazonaws.com.cn', 'on.aws', 'cloudfront.net', 'amplifyapp.com'],
  ...['amazoncognito.com', 'awsapprunner.com', 'elasticbeanstalk.com', 'azurewebsites.net'],
  ...['azurestaticapps.net', 'run.app', 'web.app', 'appspot.com', 'firebaseapp.com', 'github.io'],
  ...['gitlab.io', 'pages.dev', 'workers.dev', 'netlify.app', 'vercel.app', 'herokuapp.com'],
  ...['onrender.com', 'fly.dev', 'ngrok.io', 'ngrok-free.app', 'trycloudflare.com'],
]
/** `co.uk`, `com.au` and the like: names are given out one label further down. */
const secondLevel =
  /^(?:ac|co|com|edu|gob|gouv|gov|govt|ltd|me|mil|ne|net|nom|or|org|plc|sch|web)\.[a-z]{2}$/

/**
 * Whether a browser takes two base URLs for one site, and so sends a `SameSite=Strict` cookie from one to
 * the other. Without the public suffix list this is an estimate that knows the suffixes that are met most.
 *
 * @see RFC 6265bis section 5.2
 */
export function isSameSite(one: string, other: string): boolean {
  const [first, second] = [toHost(one), toHost(other)]
  if (first.scheme !== second.scheme) return false
  return toSite(first.host) === toSite(second.host)
}

function toHost(url: string): { readonly scheme: string; readonly host: string } {
  const [, scheme = '', host = ''] = /^(https?):\/\/(\[.*\]|[^:]*)/.exec(url) ?? []
  return { scheme, host }
}

/** The part of a name that somebody registered; the whole of it where that cannot be told. */
function toSite(host: string): string {
  const labels = host.split('.')
  const isTenant = tenantSuffixes.some((suffix) => `.${host}`.endsWith(`.${suffix}`))
  if (isTenant || /^[\d.]+$/.test(host)) return host
  const suffixLabels = secondLevel.test(labels.slice(-2).join('.')) ? 2 : 1
  return labels.slice(-suffixLabels - 1).join('.')
}
