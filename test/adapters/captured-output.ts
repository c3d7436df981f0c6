import { mock } from 'node:test'

/** Runs something that writes at once to standard output and standard error, and gives the lines of both. */
export function captureOutput(write: () => void, isBroken = false) {
  const chunks = { stdout: [] as string[], stderr: [] as string[] }
  const doubles = (['stdout', 'stderr'] as const).map((name) =>
    mock.method(process[name], 'write', (chunk: string | Uint8Array) => {
      if (isBroken) throw new Error('the pipe is gone')
      chunks[name].push(Buffer.from(chunk).toString())
      return true
    }),
  )
  try {
    write()
  } finally {
    for (const double of doubles) double.mock.restore()
  }
  const toLines = (parts: readonly string[]) => parts.join('').split('\n').filter(Boolean)
  return { stdout: toLines(chunks.stdout), stderr: toLines(chunks.stderr) }
}
