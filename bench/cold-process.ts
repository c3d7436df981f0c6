// A sandbox that has just started: it imports a handler and makes one exchange. Bundled by itself, so that
// no time goes to stripping types.
import { setClients } from './contestants/handler.ts'
import { toContext, toEvent } from './invocation.ts'

setClients()
const event = toEvent('code-1')
const startedAtMs = performance.now()
const { handler } = await import(process.argv[2] ?? '')
const importedAtMs = performance.now()
const { statusCode } = await handler(event, toContext())
const endedAtMs = performance.now()
if (statusCode !== 200) throw new Error(`the handler answered ${statusCode}`)
const times = {
  startedAtMs: performance.timeOrigin + startedAtMs,
  importMs: importedAtMs - startedAtMs,
  totalMs: endedAtMs - startedAtMs,
}
process.send?.(times, () => process.exit())
