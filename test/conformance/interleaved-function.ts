// Runs in a process of its own: the built function, called many times at once.
import { pathToFileURL } from 'node:url'
import { toEvent } from './direct-handler.ts'
import { codeGrant, refreshGrant } from './proxy.ts'

const [file = '', exchanges = '0', atOnce = '0', ...clientIds] = process.argv.slice(2)
const { handler }: { handler: (event: unknown, context: object) => Promise<unknown> } =
  await import(pathToFileURL(file).href)

const seen = { answered: 0, crossed: 0, failed: 0 }
let next = 0

async function exchangeNext(): Promise<void> {
  const number = next
  next += 1
  const client_id = clientIds[number % clientIds.length] ?? ''
  const grant = `grant-${number}`
  const form =
    number % 2 === 0
      ? codeGrant({ client_id, code: grant })
      : refreshGrant({ client_id, refresh_token: grant })
  const event = toEvent(new URLSearchParams(form).toString(), {
    requestContext: { http: { method: 'POST' }, requestId: `request-${number}` },
  })
  const answer = Object(await handler(event, { getRemainingTimeInMillis: () => 60_000 }))
  seen.answered += 1
  if (answer.statusCode !== 200) {
    seen.failed += 1
    return
  }
  const { access_token } = JSON.parse(answer.body)
  const isOwn = access_token === `${client_id} ${client_id} ${grant}`
  const isOwnAnswer = answer.headers['x-request-id'] === `request-${number}`
  if (!isOwn || !isOwnAnswer) seen.crossed += 1
}

async function exchangeInTurn(): Promise<void> {
  while (next < Number(exchanges)) await exchangeNext()
}

await Promise.all(Array.from({ length: Number(atOnce) }, exchangeInTurn))
process.send?.(seen)
process.disconnect()
