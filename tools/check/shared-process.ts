import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { suite } from 'node:test'

const require = createRequire(import.meta.url)

/**
 * Declares the tests of several files in this process, each file in a suite that has its path as name. What a
 * file declares at its top, hooks too, becomes part of its suite. No file is waited for while it is loaded: where two
 * wait for one module, the runner takes the tests of one file for those of the other.
 */
export function declareFiles(files: readonly string[]): void {
  for (const file of files) suite(file, () => void require(file))
}

/** Writes the file that a process starts from to run these test files, and gives its path. */
export function writeEntry(folder: string, name: string, files: readonly string[]): string {
  const entry = join(folder, `${name}.test.mjs`)
  const self = JSON.stringify(import.meta.url)
  const text = `import { declareFiles } from ${self}\ndeclareFiles(${JSON.stringify(files)})\n`
  writeFileSync(entry, text)
  return entry
}
