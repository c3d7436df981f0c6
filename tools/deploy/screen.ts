/** Where a deployment writes: lines that stay, and on a terminal one line that changes. */
export interface Screen {
  readonly say: (line: string) => void
  /** Undefined where only lines can be written. */
  readonly show: ((text: string) => void) | undefined
}

const clearLine = '\r\u001b[K'

/** Opens standard output; in a pipe or a log, every line stays. */
export function openScreen(isInteractive: boolean): Screen {
  const { stdout } = process
  if (!isInteractive) return { say: console.log, show: undefined }
  return {
    say: (line) => stdout.write(`${clearLine}${line}\n`),
    // A longer line would wrap, and only its last part could be cleared.
    show: (text) => stdout.write(`${clearLine}${text.slice(0, stdout.columns - 1)}`),
  }
}
