import { type EvidenceOf, type Failure, fail } from '../core/causes/catalogue.ts'
import type { GatewayEvent } from '../core/gateway-event.ts'
import type { JudgedRequest } from '../core/oauth-request.ts'
import type { Secret } from '../core/secret.ts'
import { findSentSecrets, type SentSecrets } from '../core/sent-secrets.ts'
import type { Client } from '../core/settings/settings.ts'
import type { MaybePromise } from './cached-secret.ts'
import type { ClientSecrets } from './client-secret.ts'
import type { Meter } from './meter.ts'

/**
 * Judges whether a request holds the stored secret of a configured client, wherever it is in it; at once, unless
 * a secret has to be asked for.
 */
export type LeakJudge = (
  event: GatewayEvent,
  judged: JudgedRequest,
  meter: Meter,
) => MaybePromise<JudgedRequest>

type Found = EvidenceOf<'caller_sent_credentials'>

/**
 * Opens the search for leaked secrets. Only the stored secret itself is a leak: anybody can send made-up
 * credentials, and libraries send placeholders. The secrets are those in memory. Where credentials in the
 * form of a secret came for a configured client, its own is asked of the cache as an exchange would: what a
 * stranger can set off by that is one read in each soft age, as with a made-up code.
 */
export function openLeakJudge(
  secrets: Pick<ClientSecrets, 'ask' | 'peekAll'>,
  clients: Iterable<Client>,
): LeakJudge {
  const all = [...clients]
  const describe = async (
    refused: Failure,
    sent: SentSecrets,
    judged: JudgedRequest,
    meter: Meter,
  ): Promise<JudgedRequest> => {
    if (sent.asCredential.length > 0) {
      const named = all.find(({ name }) => name === judged.client)
      if (named !== undefined) await secrets.ask(named, meter)
    }
    const evidence = [compare(sent, secrets.peekAll())]
    return { ...judged, result: { ...refused, evidence } }
  }
  return (event, judged, meter) => {
    const sent = findSentSecrets(event)
    const { result } = judged
    if (!result.ok && result.cause === 'caller_sent_credentials') {
      return describe(result, sent, judged, meter)
    }
    const found = compare(sent, secrets.peekAll())
    return found === 'stored_secret' ? { ...judged, result: leaked } : judged
  }
}

const leaked: Failure = fail('caller_sent_credentials', {
  detail: 'any_field',
  evidence: ['stored_secret'],
})

/** Compares each with each, so that the time tells nothing about which of them is equal. */
function compare({ asCredential, elsewhere }: SentSecrets, held: readonly Secret[]): Found {
  let equal = 0
  for (const mine of held) {
    for (const theirs of asCredential) equal += theirs.equals(mine) ? 1 : 0
    for (const theirs of elsewhere) equal += theirs.equals(mine) ? 1 : 0
  }
  if (equal > 0) return 'stored_secret'
  if (asCredential.length === 0) return 'no_secret'
  return held.length === 0 ? 'not_compared' : 'other_value'
}
