import { readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { longestSeconds } from './longest-files.ts'
import type { TestProcess } from './test-run.ts'

/**
 * Folders of test/ whose files share processes, and how many: what takes long is split. Their tests leave nothing
 * behind. The first that fits counts.
 */
const shared: Readonly<Record<string, number>> = {
  core: 1,
  pages: 1,
  runbook: 1,
  'infra/template': 1,
  infra: 1,
  adapters: 1,
  browser: 4,
  'conformance/alarms': 1,
  'conformance/cookie': 1,
  'conformance/diagnosis': 1,
  'conformance/doctor': 1,
  'conformance/rotation': 1,
  conformance: 4,
  'local/cloudwatch': 1,
  local: 1,
  tools: 1,
  bench: 1,
}

/**
 * A file that changes what a process has only one of runs alone, and so does one that waits while it is loaded:
 * those that share a process are loaded without a wait.
 */
const ofProcess = /\bprocess\.env\b|\b(?:mock|stopTimers)\b|^(?:const [^=]+ = )?await /m

/** What a file takes that is not among the longest. */
const usualSeconds = 0.4

/**
 * Puts test files into processes, those that may share one together. The process that takes longest comes first, so
 * that no core is idle at the end.
 */
export function toProcesses(root: string, files: readonly string[]): readonly TestProcess[] {
  const toName = (file: string) => relative(join(root, 'test'), file).split(sep).join('/')
  const toSeconds = (file: string) => longestSeconds[toName(file)] ?? usualSeconds
  const sum = (all: readonly string[]) => all.reduce((total, file) => total + toSeconds(file), 0)
  const toFolder = (file: string) =>
    Object.keys(shared).find((folder) => toName(file).startsWith(`${folder}/`))
  const isAlone = (file: string) =>
    toFolder(file) === undefined || ofProcess.test(readFileSync(file, 'utf8'))
  const together = Map.groupBy(
    files.filter((file) => !isAlone(file)),
    (file) => toFolder(file) ?? '',
  )
  const lists = [
    ...[...together].flatMap(([folder, all]) => deal(all, shared[folder] ?? 1, sum)),
    ...files.filter(isAlone).map((file) => [file]),
  ]
  return lists
    .toSorted((one, other) => sum(other) - sum(one))
    .map((list) => ({ title: toTitle(relative(root, list[0] ?? '')), files: list }))
}

/** The folder of test/ that a file is in. */
function toTitle(path: string): string {
  return dirname(path).split(sep)[1] ?? 'the project as a whole'
}

/** Deals files out to so many processes: the longest first, each to the process that has least to do. */
function deal(
  files: readonly string[],
  count: number,
  sum: (files: readonly string[]) => number,
): readonly (readonly string[])[] {
  const lists: string[][] = Array.from({ length: Math.min(count, files.length) }, () => [])
  for (const file of files.toSorted((one, other) => sum([other]) - sum([one]))) {
    lists.toSorted((one, other) => sum(one) - sum(other))[0]?.push(file)
  }
  return lists
}
