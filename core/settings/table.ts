import { syntaxes, type TextSyntax } from './syntax.ts'

/** One setting that is a whole number, read from one environment variable. */
export interface NumberSetting {
  readonly variable: string
  readonly byDefault: number
  /** Both ends are allowed. */
  readonly least: number
  readonly most: number
  readonly unit: 'milliseconds' | 'seconds' | 'requests'
  readonly meaning: string
}

/** Every numeric setting of the functions with its safe default; `docs/settings.md` is made from it. */
export const numberSettings = {
  deadlineMs: {
    variable: 'TOKEN_PROXY_DEADLINE_MS',
    byDefault: 10_000,
    least: 500,
    // The function's own time limit is 15 seconds.
    most: 14_000,
    unit: 'milliseconds',
    meaning:
      'The time limit for a whole request: secret, connection, answer and second attempt together.',
  },
  deadlineMarginMs: {
    variable: 'TOKEN_PROXY_DEADLINE_MARGIN_MS',
    byDefault: 500,
    least: 50,
    most: 5000,
    unit: 'milliseconds',
    meaning: "The part of Lambda's time limit that is reserved for the answer and the record.",
  },
  connectTimeoutMs: {
    variable: 'TOKEN_PROXY_CONNECT_TIMEOUT_MS',
    byDefault: 2000,
    least: 50,
    most: 10_000,
    unit: 'milliseconds',
    meaning: 'How long a new connection to the user pool domain may take, including DNS and TLS.',
  },
  idleConnectionMs: {
    variable: 'TOKEN_PROXY_IDLE_CONNECTION_MS',
    byDefault: 4000,
    least: 0,
    most: 60_000,
    unit: 'milliseconds',
    meaning:
      'A connection that was idle for longer, including a freeze of the sandbox, is not used again.',
  },
  secretTimeoutMs: {
    variable: 'TOKEN_PROXY_SECRET_TIMEOUT_MS',
    byDefault: 3000,
    least: 50,
    most: 10_000,
    unit: 'milliseconds',
    meaning:
      'How long one read of a secret may take before the last good value is used instead. While there is such a value, a read takes no more than half of what is left of the request.',
  },
  secretSoftAgeSeconds: {
    variable: 'TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS',
    byDefault: 300,
    least: 1,
    most: 3600,
    unit: 'seconds',
    meaning: 'A secret older than this, plus or minus 10 %, is read again before it is used.',
  },
  secretHardAgeSeconds: {
    variable: 'TOKEN_PROXY_SECRET_HARD_AGE_SECONDS',
    byDefault: 86_400,
    least: 60,
    most: 604_800,
    unit: 'seconds',
    meaning: 'A secret older than this is not used even while Secrets Manager does not answer.',
  },
  secretRefetchCooldownSeconds: {
    variable: 'TOKEN_PROXY_SECRET_REFETCH_COOLDOWN_SECONDS',
    byDefault: 30,
    least: 1,
    most: 600,
    unit: 'seconds',
    meaning: 'How long a client waits between two reads of its secret after a refusal.',
  },
  cookieMaxAgeSeconds: {
    variable: 'TOKEN_PROXY_COOKIE_MAX_AGE_SECONDS',
    byDefault: 2_592_000,
    least: 60,
    // Browsers keep no cookie for longer than 400 days.
    most: 34_560_000,
    unit: 'seconds',
    meaning:
      'How long a browser keeps the cookie of a refresh token. Set it to the lifetime of the refresh token.',
  },
  mostInFlight: {
    variable: 'TOKEN_PROXY_MOST_IN_FLIGHT',
    byDefault: 200,
    least: 1,
    most: 10_000,
    unit: 'requests',
    meaning: 'How many requests one process handles at the same time; it answers others 429.',
  },
} as const satisfies Record<string, NumberSetting>

/** One setting that is a text, read from one environment variable. */
export interface TextSetting {
  readonly variable: string
  readonly byDefault: string
  readonly syntax: TextSyntax
  /** The only values that there are, if there are few. */
  readonly choices?: readonly string[]
  /** The syntax in words. */
  readonly form: string
  readonly meaning: string
}

/** How closely a deployment is watched: by cause, or only as closely as pages need. */
export const watchModes = ['full', 'small'] as const
/** The name of such a mode. */
export type WatchMode = (typeof watchModes)[number]

/** Every textual setting but the list of clients. */
export const textSettings = {
  service: {
    variable: 'TOKEN_PROXY_SERVICE',
    byDefault: 'token-proxy',
    syntax: syntaxes.service,
    form: 'a lower-case letter, then up to 31 lower-case letters, digits or hyphens',
    meaning: 'The dimension `service` of every metric and the service of every log line.',
  },
  runbookUrl: {
    variable: 'TOKEN_PROXY_RUNBOOK_URL',
    byDefault: '',
    syntax: syntaxes.runbookUrl,
    form: 'an https address of at most 256 characters without query or fragment; empty: no links',
    meaning:
      'The address at which `docs/runbook` is published; links add `/CAUSE.md` to it. Where a stage has `site: true`, it is by default that of its own site.',
  },
  evidenceTable: {
    variable: 'TOKEN_PROXY_EVIDENCE_TABLE',
    byDefault: '',
    syntax: syntaxes.tableName,
    form: 'the name of a DynamoDB table; empty: each sandbox remembers for itself',
    meaning:
      'Stores keyed digests of used codes and refresh tokens for a limited time, so that a double exchange is detected across sandboxes.',
  },
  publicUrl: {
    variable: 'TOKEN_PROXY_PUBLIC_URL',
    byDefault: '',
    syntax: syntaxes.baseUrl,
    form: 'an https address without a path, or http on a loopback host; empty: not known',
    meaning:
      'The address at which front ends call the proxy. The endpoints in the discovery document are there; if it is empty, they are at the host of the request. Required if a client keeps its refresh token in a cookie, and with `edgeKeyDigests`.',
  },
  cookieKeySecret: {
    variable: 'TOKEN_PROXY_COOKIE_KEY_SECRET',
    byDefault: '',
    syntax: syntaxes.secretId,
    form: 'the name or ARN of a secret; empty: no cookies',
    meaning:
      'The secret with the key that seals refresh tokens in cookies: 32 random bytes in base64.',
  },
  edgeKeyDigests: {
    variable: 'TOKEN_PROXY_EDGE_KEY_DIGESTS',
    byDefault: '',
    syntax: syntaxes.edgeKeyDigests,
    form: 'a SHA-256 digest in lower-case hex, or two with a comma between them; empty: requests may come directly',
    meaning:
      'The digests of the keys that the CDN in front may send with each request. If there is one, requests that went around the CDN are refused. Two are for the time in which the key is replaced.',
  },
  watch: {
    variable: 'TOKEN_PROXY_WATCH',
    byDefault: 'full',
    syntax: syntaxes.watch,
    choices: watchModes,
    form: 'the word `full` or `small`',
    meaning:
      'How many metrics are counted. `small` costs less and still pages for every outage, but only the log tells the causes.',
  },
} as const satisfies Record<string, TextSetting>

/** The variable that holds the configured clients. */
export const clientsVariable = 'TOKEN_PROXY_CLIENTS'
