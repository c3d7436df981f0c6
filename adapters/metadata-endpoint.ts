import { toProxyDocument } from '../core/discovery.ts'
import { toGatewayEvent } from '../core/gateway-event.ts'
import { type Metadata, redirectStatus } from '../core/metadata-answer.ts'
import { judgeMetadataRequest } from '../core/metadata-request.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Environment, Settings } from '../core/settings/settings.ts'
import { type Clock, openDeadline } from './clock.ts'
import { openConnections } from './connections.ts'
import { type DiscoveryDocuments, openDiscoveryDocuments } from './discovery.ts'
import { openShell, type Shell } from './shell.ts'
import { type LambdaContext, toFailed } from './token-endpoint.ts'

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
): (event: unknown, context: LambdaContext) => Promise<Outcome<Metadata>> {
  return async (event, context) => {
    const { open, clock } = shell
    if (open === undefined) return toFailed('config_invalid')
    const { settings, documents } = open
    const { client, result } = judgeMetadataRequest(
      toGatewayEvent(event),
      settings.clients,
      settings.publicUrl,
    )
    const known = { client, grantType: undefined, secretFetches: [] }
    if (!result.ok) return { ...known, result, facts: {} }
    const { value } = result
    if (value.kind === 'redirect') {
      return { ...known, result: { ok: true, value }, status: redirectStatus, facts: {} }
    }
    const deadline = openDeadline(clock, settings, context.getRemainingTimeInMillis?.())
    const found = await documents.ask(value.issuer, deadline)
    if (!found.result.ok) return { ...known, result: found.result, facts: found.facts }
    const document = toProxyDocument(found.result.value, value)
    return {
      ...known,
      result: { ok: true, value: { kind: 'document', document } },
      facts: found.facts,
    }
  }
}
