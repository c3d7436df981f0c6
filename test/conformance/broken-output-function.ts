// Runs in a process of its own, whose standard output fails: the built function, called in turn when told to.
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'

const [file = '', event = '{}', calls = '0'] = process.argv.slice(2)
const { handler }: { handler: (event: unknown, context: object) => Promise<unknown> } =
  await import(pathToFileURL(file).href)

process.send?.('ready')
await once(process, 'message')
const statuses: unknown[] = []
for (let call = 0; call < Number(calls); call += 1) {
  const answer = Object(
    await handler(JSON.parse(event), { getRemainingTimeInMillis: () => 15_000 }),
  )
  statuses.push(answer.statusCode)
  // The error of an output that failed comes a turn of the event loop later.
  await new Promise((resolve) => setImmediate(resolve))
}
process.send?.(statuses)
process.disconnect()
