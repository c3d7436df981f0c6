import { type ClientSecrets, openClientSecrets } from '../../adapters/client-secret.ts'
import { fail, type Result } from '../../core/causes.ts'
import type { Client } from '../../core/settings.ts'
import { toClient } from '../core/sample-client.ts'
import { openManualClock } from './manual-clock.ts'

type Read = Result<string | undefined>

/** The limits of the cache under test: round numbers, so that ages are easy to see. */
export const limits = {
  secretSoftAgeSeconds: 100,
  secretHardAgeSeconds: 1000,
  secretTimeoutMs: 3000,
  secretRefetchCooldownSeconds: 30,
}

export const client = toClient()
/** Time enough for any ask. */
export const longMs = 10_000

/** A stored secret of `client`. */
export const stored = (client_secret: string): Read => ({
  ok: true,
  value: JSON.stringify({ client_id: client.clientId, client_secret }),
})

/** What a read gives while Secrets Manager is down. */
export const down: Read = fail('secret_unavailable', { evidence: ['answered_error'] })

/** Opens the cache over a Secrets Manager that gives `vault.next`, with a clock moved by hand. */
export function openManualSecrets(random = 0.5) {
  const clock = openManualClock(random)
  const reads: { readonly secretId: string; readonly timeoutMs: number }[] = []
  const told: string[] = []
  const vault: { next: Read | Promise<Read> } = { next: stored('s1') }
  const manager = {
    read: async (secretId: string, timeoutMs: number) => {
      reads.push({ secretId, timeoutMs })
      return vault.next
    },
    close: () => {},
  }
  const secrets: ClientSecrets = openClientSecrets(manager, limits, clock)
  const onRead = (result: 'ok' | 'failed') => told.push(result)
  const ask = async (leftMs = longMs, asker: Client = client) =>
    toSeen(await secrets.ask(asker, leftMs, onRead))
  return { clock, reads, told, vault, secrets, onRead, ask }
}

/** What an ask came to, in one text: source, value and age, or cause and evidence. */
export function toSeen(asked: Awaited<ReturnType<ClientSecrets['ask']>>): string {
  if (!asked.ok) return [asked.cause, ...asked.evidence].join(' ')
  const { source, secret, ageSeconds } = asked.value
  return `${source} ${secret.reveal()} ${ageSeconds}`
}
