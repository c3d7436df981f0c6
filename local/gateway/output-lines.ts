import type { Readable } from 'node:stream'

/** Passes a stream on line by line, split at `\n` only; resolves once the stream has ended. */
export async function forwardLines(
  stream: Readable,
  onLine: (line: string) => void,
): Promise<void> {
  let rest = ''
  for await (const chunk of stream.setEncoding('utf8')) {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  }
  if (rest !== '') onLine(rest)
}
