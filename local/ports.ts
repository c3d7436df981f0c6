/** Explains in one sentence why a port cannot be used; undefined for any other error. */
function explainPortFault(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error && 'code' in thrown && 'port' in thrown)) return undefined
  if (thrown.code === 'EADDRINUSE') {
    return `Port ${thrown.port} is in use: stop what listens there, or choose another with --port.`
  }
  return thrown.code === 'EACCES'
    ? `Port ${thrown.port} may not be used: choose a higher one with --port.`
    : undefined
}

/** Ends the process with one sentence on standard error. */
export function giveUp(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

/** Returns what `open` opens; ends the process with one sentence if a port is not available. */
export async function openOrGiveUp<Opened>(open: () => Promise<Opened>): Promise<Opened> {
  try {
    return await open()
  } catch (thrown) {
    const sentence = explainPortFault(thrown)
    if (sentence === undefined) throw thrown
    return giveUp(sentence)
  }
}
