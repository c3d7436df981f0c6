import type { Failure } from '../core/causes/catalogue.ts'
import { toProxyDocument } from '../core/discovery.ts'
import { type Metadata, redirectStatus } from '../core/metadata-answer.ts'
import { isAboutPath } from '../core/metadata-path.ts'
import { judgeMetadataRequest } from '../core/metadata-request.ts'
import { type Outcome, toMisfitOutcome, toUnjudgedOutcome } from '../core/outcome.ts'
import type { Environment, Settings } from '../core/settings/settings.ts'
import { toSignInRedirect } from '../core/sign-in-cookie.ts'
import { findStray } from '../core/stray.ts'
import type { Clock } from './clock.ts'
import { type DiscoveryDocuments, openDiscoveryDocuments } from './discovery.ts'
import { type EdgeJudge, openEdgeJudge } from './edge-key.ts'
import { openConnections } from './http/connections.ts'
import type { ReceivedRequest } from './received-request.ts'
import { openShell, type Shell } from './shell.ts'
import { makeProxyPair } from './sign-in-cookie.ts'

/** The shell of the function that says where things are; it knows no secret. */
export type MetadataShell = Shell<{
  readonly settings: Settings
  readonly documents: DiscoveryDocuments
  readonly judgeEdge: EdgeJudge
}>

/** Opens the shell from the environment of the function. */
export function openMetadataShell(environment: Environment, clock?: Clock): MetadataShell {
  return openShell(environment, openParts, clock)
}

function openParts(settings: Settings, clock: Clock) {
  const connections = openConnections(clock, settings)
  const documents = openDiscoveryDocuments(connections, settings, clock)
  return { settings, documents, judgeEdge: openEdgeJudge(settings.edgeKeyDigests) }
}

/**
 * Answers discovery, sends browsers on to the user pool domain, says what this is, and tells strays what is
 * wrong: here, they take no sandbox from an exchange. Whoever asks the last,
 * a monitor as a rule, is told whether the settings are usable, and counts for nothing: no record and no
 * alarm may follow from how often somebody looks. Where a CDN has to prove itself, so does that of the monitor,
 * which then finds a key that does not fit, too.
 */
export function openMetadataEndpoint(
  shell: MetadataShell,
): (received: ReceivedRequest) => Promise<Outcome<Metadata>> {
  return async ({ event, meter }) => {
    if (event.misfit !== undefined) return toMisfitOutcome(event.misfit)
    const around = shell.open?.judgeEdge(event)
    const stray = findStray(event)
    if (stray === undefined && isAboutPath(event.path)) return toAboutOutcome(shell, around)
    if (shell.open === undefined) return toUnjudgedOutcome('config_invalid')
    const refusal = around ?? stray
    if (refusal !== undefined) return toRefusal(refusal)
    const { settings, documents } = shell.open
    const judged = judgeMetadataRequest(event, settings.clients, settings.publicUrl)
    const { client, result } = judged
    const known = { client, grantType: undefined }
    if (!result.ok) return { ...known, result }
    const { value } = result
    if (value.kind === 'redirect') return { ...known, ...toRedirect(value.location) }
    if (value.kind === 'sign_in') {
      const { location, cookies } = toSignInRedirect(value, makeProxyPair())
      return { ...known, ...toRedirect(location), cookies }
    }
    const found = await documents.ask(value.poolIssuer, meter)
    if (!found.ok) return { ...known, result: found }
    const document = toProxyDocument(found.value, value)
    return { ...known, result: { ok: true, value: { kind: 'document', document } } }
  }
}

function toRedirect(location: string): Pick<Outcome<Metadata>, 'result' | 'status'> {
  return { result: { ok: true, value: { kind: 'redirect', location } }, status: redirectStatus }
}

function toRefusal(result: Failure): Outcome<never> {
  return { client: 'unknown', grantType: undefined, result }
}

function toAboutOutcome({ open }: MetadataShell, around: Failure | undefined): Outcome<Metadata> {
  if (open === undefined) return { ...toUnjudgedOutcome('config_invalid'), isUncounted: true }
  if (around !== undefined) return { ...toRefusal(around), isUncounted: true }
  const result = { ok: true, value: { kind: 'about' } } as const
  return { client: 'unknown', grantType: undefined, result, isUncounted: true }
}
