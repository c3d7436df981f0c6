import { readFileSync } from 'node:fs'
import { refuse } from './command-line.ts'

/** Reads a packaged template from a file; one that cannot be used ends the process with one line. */
export function readTemplateFile<T>(path: string, read: (template: unknown) => T): T {
  try {
    return read(JSON.parse(readFileSync(path, 'utf8')))
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : 'it cannot be read'
    return refuse(`the template cannot be used: ${why}\n`)
  }
}
