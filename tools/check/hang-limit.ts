// Preloaded into the process of every test file: ends one that hangs, so that the run comes to its end. The
// runner's own time limit waits for what such a process still holds open.
import { isMainThread } from 'node:worker_threads'

/** On the busiest machine the longest file takes a few minutes. */
const hangMinutes = Number(process.env['HANG_MINUTES'] ?? 15)

if (isMainThread) {
  const limit = setTimeout(() => {
    console.error(`ended, because it still ran after ${hangMinutes} minutes`)
    process.exit(1)
  }, hangMinutes * 60_000)
  limit.unref()
}
