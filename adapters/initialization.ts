import { setImmediate } from 'node:timers/promises'
import type { Environment, Settings } from '../core/settings/settings.ts'
import type { ClientSecrets } from './client-secret.ts'
import type { Clock } from './clock.ts'
import type { Connections } from './http/connections.ts'
import { openMeter } from './meter.ts'

/**
 * How Lambda says that requests follow. A snapshot is not among them: what it holds may be used days later,
 * and in many sandboxes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
const typesBeforeRequests: readonly (string | undefined)[] = [
  ...['on-demand', 'provisioned-concurrency'],
]
/** With more clients most of what is read would not be used by this sandbox. */
const mostClients = 3

/** What is prepared for requests. */
interface Preparable {
  readonly secrets: Pick<ClientSecrets, 'ask'>
  readonly connections: Pick<Connections, 'prepare'>
}

/**
 * Reads the secrets of a deployment with few clients, and opens a connection to each of their domains, while
 * Lambda initialises the sandbox, with full processors. While the secret is on its way, the processor is free
 * for a rehearsal of what the first request will run. It ends with the last of them,
 * so that nothing is left to freeze with the sandbox. What fails is kept by the cache, like every failure, and
 * answered to the first request; a connection that could not be opened is tried again by the first request.
 * Where Lambda does not say that it initialises, nothing is done: a request that is refused costs no call.
 *
 * @param rehearse uses the processor; what it comes to, and whether it throws, changes nothing
 */
export async function prepareRequests(
  { secrets, connections }: Preparable,
  settings: Pick<Settings, 'clients' | 'secretTimeoutMs' | 'connectTimeoutMs'>,
  environment: Environment,
  clock: Clock,
  rehearse: () => Promise<unknown>,
): Promise<void> {
  const type = environment['AWS_LAMBDA_INITIALIZATION_TYPE']
  const clients = [...settings.clients.values()]
  if (!typesBeforeRequests.includes(type) || clients.length > mostClients) return
  // No request spends this time; the reads are what a meter limits.
  const limits = { deadlineMs: settings.secretTimeoutMs, deadlineMarginMs: 0 }
  const meter = openMeter(clock, limits, () => undefined)
  const domains = new Set(clients.map(({ domain }) => domain))
  const reads = clients.map((client) => secrets.ask(client, meter))
  // The reads take longer: they get the processor first.
  await setImmediate()
  const connecting = [...domains].map((domain) =>
    connections.prepare(domain, settings.connectTimeoutMs),
  )
  // By then the reads have been sent; before, the processor is theirs.
  const rehearsed = Promise.all(connecting).then(rehearse)
  await Promise.allSettled([...reads, rehearsed])
}
