/** Takes all lines of one thing that happened, so that they leave in one write. */
export type WriteLines = (lines: readonly string[]) => void

/** Opens standard output for lines; a pipe that is closed loses them and ends nothing. */
export function openStandardOutput(): WriteLines {
  // A broken pipe is reported by an event, which ends the process where nobody listens.
  process.stdout.on('error', () => {})
  return (lines) => {
    process.stdout.write(`${lines.join('\n')}\n`)
  }
}
