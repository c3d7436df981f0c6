import { isPlainUrl } from './addresses.ts'

/** Why options of Node.js are refused, and which; the rest is the operator's to choose. */
const refusedOptions: Readonly<Record<string, readonly string[]>> = {
  'it loosens the HTTP parser': ['--insecure-http-parser'],
  'it weakens TLS, or shows what TLS hides': [
    '--tls-keylog',
    '--trace-tls',
    '--tls-min-v1.0',
    '--tls-min-v1.1',
    '--tls-cipher-list',
    '--openssl-config',
    '--openssl-legacy-provider',
    '--openssl-shared-config',
  ],
  'it lets a debugger in': [
    '--inspect',
    '--inspect-brk',
    '--inspect-wait',
    '--inspect-port',
    '--inspect-publish-uid',
    '--debug-port',
  ],
  'it writes memory, traffic or the environment to files': [
    '--abort-on-uncaught-exception',
    '--heapsnapshot-near-heap-limit',
    '--heapsnapshot-signal',
    '--report-on-fatalerror',
    '--report-on-signal',
    '--report-uncaught-exception',
    '--trace-event-categories',
    '--trace-events-enabled',
  ],
}

const whyRefused: ReadonlyMap<string, string> = new Map(
  Object.entries(refusedOptions).flatMap(([why, names]) => names.map((name) => [name, why])),
)

/** Variables that make Node.js or OpenSSL print or write what nobody may see. */
const refusedVariables = {
  NODE_DEBUG: 'it makes Node.js print request headers, including the secret',
  NODE_DEBUG_NATIVE: 'it makes Node.js print what it does inside',
  SSLKEYLOGFILE: 'it makes OpenSSL write TLS keys',
  OPENSSL_CONF: 'it can weaken TLS',
} as const

/**
 * Finds what in the environment would make the runtime unsafe. Values are never part of a problem, except
 * the name of an option that is in the table.
 */
export function findRuntimeProblems(
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const variables = Object.entries(refusedVariables).flatMap(([name, why]) =>
    environment[name] ? [`${name} must not be set: ${why}`] : [],
  )
  const options = toOptionNames(environment['NODE_OPTIONS'] ?? '').flatMap((name) => {
    const why = whyRefused.get(name)
    return why === undefined ? [] : [`NODE_OPTIONS must not have ${name}: ${why}`]
  })
  const endpoints = Object.entries(environment)
    .filter(([name, value]) => name.startsWith('AWS_ENDPOINT_URL') && !isPlainUrl(value ?? ''))
    .map(
      () =>
        'a variable that starts with AWS_ENDPOINT_URL must be https, or http on a loopback host',
    )
  const certificates =
    environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
      ? ['NODE_TLS_REJECT_UNAUTHORIZED must not be 0: certificates are always checked']
      : []
  return [...variables, ...options, ...endpoints, ...certificates]
}

/**
 * Reads the names of options as Node.js does: quotes may stand anywhere and are removed, a backslash
 * within quotes takes the next character as it is, a value may follow `=`, and `_` means `-`.
 *
 * @see https://nodejs.org/api/cli.html#node_optionsoptions
 */
export function toOptionNames(text: string): readonly string[] {
  const words = ['']
  let isQuoted = false
  let isEscaped = false
  for (const character of text) {
    if (isEscaped) {
      words.push(`${words.pop()}${character}`)
      isEscaped = false
    } else if (isQuoted && character === '\\') isEscaped = true
    else if (character === '"') isQuoted = !isQuoted
    else if (character === ' ' && !isQuoted) words.push('')
    else words.push(`${words.pop()}${character}`)
  }
  const names = words.map((word) => word.replace(/=.*$/s, '').replaceAll('_', '-'))
  return [...new Set(names)]
}
