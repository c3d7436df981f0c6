import { createInterface } from 'node:readline'

/** There is no more input, and something is still to be asked. */
export class InputEnded extends Error {}

/** Asks whoever sits at the terminal, or a pipe that has the answers line by line. */
export interface Questions {
  /** Asks for one line; an empty one, and `--yes`, accept the suggestion. Throws `InputEnded`. */
  readonly ask: (question: string, suggestion: string) => Promise<string>
  /** Asks for a yes; no input is a no. */
  readonly confirm: (question: string) => Promise<boolean>
  readonly close: () => void
}

/**
 * Opens questions on standard input.
 *
 * @param acceptsAll accepts every suggestion without asking, for machines
 */
export function openQuestions(acceptsAll: boolean): Questions {
  if (acceptsAll) {
    return {
      ask: async (_, suggestion) => suggestion,
      confirm: async () => true,
      close: () => {},
    }
  }
  const reader = createInterface({ input: process.stdin })
  const lines = reader[Symbol.asyncIterator]()
  const readLine = async (prompt: string): Promise<string | undefined> => {
    process.stdout.write(prompt)
    const { done, value } = await lines.next()
    // What is piped in is not echoed, so that its lines would run into each other.
    if (done || !process.stdin.isTTY) process.stdout.write('\n')
    return done ? undefined : value.trim()
  }
  return {
    ask: async (question, suggestion) => {
      const answer = await readLine(`${question}${suggestion === '' ? '' : ` [${suggestion}]`}: `)
      if (answer === undefined) throw new InputEnded('The input ended before the last answer.')
      return answer === '' ? suggestion : answer
    },
    confirm: async (question) =>
      /^(?:y|yes)?$/i.test((await readLine(`${question} [Y/n] `)) ?? 'n'),
    close: () => reader.close(),
  }
}
