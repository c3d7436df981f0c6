import { relative } from 'node:path'
import type { EventData } from 'node:test'

/** What a test file leaves behind that explains its failures. */
export interface Traces {
  /** Each failure with its error. */
  readonly details: readonly string[]
  /** What its tests noted: the seed of a random run, above all. */
  readonly notes: readonly string[]
  readonly stderr: string
}

/** So much of what a test file wrote to standard error is shown beside its failures. */
const shownLines = 40

const indent = (text: string) => text.replaceAll(/^(?=.)/gm, '    ')

/** Where a test stands, in the form that editors and terminals open. */
export function toPlace(root: string, { file = root, line = 1 }: EventData.LocationInfo): string {
  return `${relative(root, file)}:${line}`
}

/** The error of a failed test with the calls that led to it, without those of the runner itself. */
export function toErrorText(error: Error): string {
  const thrown = error.cause ?? error
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return text.replaceAll(/\n +at [^\n]*\bnode:(?:internal|async_hooks)\b[^\n]*/g, '').trimEnd()
}

/** Everything that helps to understand why tests of a file failed; empty where none has. */
export function toDetails({ details, notes, stderr }: Traces): string {
  if (details.length === 0) return ''
  const written = stderr.trimEnd().split('\n').slice(-shownLines).join('\n')
  const parts = details.map((text) => `\n✗ ${text.replaceAll(/\n(?=.)/g, '\n    ')}`)
  if (notes.length > 0) parts.push(`\n    noted by the file:\n${indent(indent(notes.join('\n')))}`)
  if (written !== '') parts.push(`\n    standard error of the file:\n${indent(indent(written))}`)
  return `${parts.join('\n')}\n`
}

/** The places of the covered files that no test has reached, one line for each file. */
export function toUncovered(
  root: string,
  { files }: EventData.TestCoverage['summary'],
): readonly string[] {
  return files.flatMap((file) => {
    const kinds = { lines: file.lines, branches: file.branches, functions: file.functions }
    const parts = Object.entries(kinds).flatMap(([kind, all]) => {
      const lines = all.filter(({ count }) => count === 0).map(({ line }) => line)
      return lines.length === 0 ? [] : [`${kind} at ${[...new Set(lines)].join(', ')}`]
    })
    return parts.length === 0 ? [] : [`${relative(root, file.path)}: ${parts.join('; ')}`]
  })
}
