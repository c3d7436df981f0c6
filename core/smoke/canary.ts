import { toPrintable } from '../doctor/printable.ts'
import { parseJson } from '../json.ts'
import type { SmokeReport } from './report.ts'
import type { SmokeClient, SmokeTarget } from './target.ts'

/** The variables in which a canary finds what to check. */
export const canaryVariables = { url: 'SMOKE_URL', clients: 'SMOKE_CLIENTS' } as const

type Environment = Readonly<Record<string, string | undefined>>

/** What a canary checks, or why it cannot know. */
export type ParsedCanary =
  | { readonly ok: true; readonly target: SmokeTarget }
  | { readonly ok: false; readonly problem: string }

/** Reads what a canary checks: an address, and the clients as JSON, which may be left out. */
export function parseCanary(environment: Environment): ParsedCanary {
  const url = environment[canaryVariables.url]?.replace(/\/$/, '') ?? ''
  if (!/^https?:\/\/[^?#]+$/.test(url)) return refuse(canaryVariables.url, 'an address')
  const clients = parseJson(environment[canaryVariables.clients] ?? '[]')
  if (!Array.isArray(clients) || !clients.every(isSmokeClient)) {
    return refuse(canaryVariables.clients, 'a JSON array of clients')
  }
  return { ok: true, target: { url, clients, hasSharedDiscovery: undefined } }
}

function refuse(variable: string, rule: string): ParsedCanary {
  return { ok: false, problem: `${variable} must be ${rule}` }
}

function isSmokeClient(value: unknown): value is SmokeClient {
  const fields: Readonly<Record<string, unknown>> = Object(value)
  const isTextOrAbsent = (name: string) => ['string', 'undefined'].includes(typeof fields[name])
  return (
    ['name', 'clientId'].every((name) => typeof fields[name] === 'string') &&
    ['origin', 'redirectUri'].every(isTextOrAbsent) &&
    ['isCookieMode', 'hasDiscovery'].every((name) => typeof fields[name] === 'boolean')
  )
}

/** Says in one line for each failed check what was found and what fixes it, for the log and the console of a canary. */
export function toCanaryFailure({ url, checks }: SmokeReport): string {
  const failed = checks.filter(({ status }) => status === 'failed')
  return [
    `${failed.length} of ${checks.length} checks of ${url} failed`,
    ...failed.map(({ name, client, found, fix = '', requestId }) => {
      const of = client === undefined ? '' : ` (${client})`
      const id = requestId === undefined ? '' : ` [request id ${requestId}]`
      return toPrintable(`${name}${of}: ${found}. ${fix}${id}`)
    }),
  ].join('\n')
}
