import { toProxyDocument } from '../core/discovery.ts'
import { type Metadata, redirectStatus } from '../core/metadata-answer.ts'
import { judgeMetadataRequest } from '../core/metadata-request.ts'
import { type Outcome, toUnjudgedOutcome } from '../core/outcome.ts'
import type { Environment, Settings } from '../core/settings/settings.ts'
import type { Clock } from './clock.ts'
import { openConnections } from './connections.ts'
import { type DiscoveryDocuments, openDiscoveryDocuments } from './discovery.ts'
import type { ReceivedRequest } from './received-request.ts'
import { openShell, type Shell } from './shell.ts'

/** The shell of the function that says where things are; it knows no secret. */
export type MetadataShell = Shell<{
  readonly settings: Settings
  readonly documents: DiscoveryDocuments
}>

/** Opens the shell from the environment of the function. */
export function openMetadataShell(environment: Environment, clock?: Clock): MetadataShell {
  return openShell(environment, openParts, clock)
}

function openParts(settings: Settings, clock: Clock) {
  const connections = openConnections(clock, settings.idleConnectionMs)
  return { settings, documents: openDiscoveryDocuments(connections, settings, clock) }
}

/** Answers discovery and sends browsers on to the user pool domain. */
export function openMetadataEndpoint(
  shell: MetadataShell,
): (received: ReceivedRequest) => Promise<Outcome<Metadata>> {
  return async ({ event, meter }) => {
    if (shell.open === undefined) return toUnjudgedOutcome('config_invalid')
    const { settings, documents } = shell.open
    const judged = judgeMetadataRequest(event, settings.clients, settings.publicUrl)
    const { client, result } = judged
    const known = { client, grantType: undefined }
    if (!result.ok) return { ...known, result }
    const { value } = result
    if (value.kind === 'redirect') {
      return { ...known, result: { ok: true, value }, status: redirectStatus }
    }
    const found = await documents.ask(value.issuer, meter)
    if (!found.ok) return { ...known, result: found }
    const document = toProxyDocument(found.value, value)
    return { ...known, result: { ok: true, value: { kind: 'document', document } } }
  }
}
