// Runs in a process of its own: the built function, and after each answer what is left alive.
import { pathToFileURL } from 'node:url'

const [file = '', events = '[]'] = process.argv.slice(2)
const { handler }: { handler: (event: unknown, context: object) => Promise<unknown> } =
  await import(pathToFileURL(file).href)

const usual = process.getActiveResourcesInfo()
for (const event of JSON.parse(events)) {
  await handler(event, { getRemainingTimeInMillis: () => 15_000 })
  // Sockets that were destroyed are gone after a turn of the event loop.
  await new Promise((resolve) => setImmediate(resolve))
  await new Promise((resolve) => setImmediate(resolve))
  const alive = process.getActiveResourcesInfo().filter((name) => !usual.includes(name))
  process.stdout.write(`${JSON.stringify({ alive })}\n`)
}
