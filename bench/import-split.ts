import { fork } from 'node:child_process'
import type { Profiler } from 'node:inspector'
import { SourceMap } from 'node:module'
import { basename } from 'node:path'
import { toPackage } from './bundles.ts'
import { waitForMessage } from './contestant.ts'
import type { RunContext } from './run-context.ts'
import { toQuantile } from './statistics.ts'

/** A built function that was not minified, so that each of its lines belongs to one package. */
export interface ReadableFunction {
  readonly url: string
  /** The source maps of its files, as texts, by the names of the files. */
  readonly maps: ReadonlyMap<string, string>
}

/** Names a package by a line of a file; undefined for what is no file of the function. */
type ToPackage = (url: string, line: number) => string | undefined

/**
 * Measures what evaluating each package takes while the proxy is imported, in milliseconds, most first. A profiler
 * looks 20 times in a millisecond where the processor is, and makes everything a little slower.
 */
export async function measureImport(
  { plan, world, importProcess, onRound }: RunContext,
  { url, maps }: ReadableFunction,
): Promise<Readonly<Record<string, number>>> {
  const toPackageAt = openPackages(maps)
  const rounds: ReadonlyMap<string, number>[] = []
  for (let round = 0; round < plan.coldRounds; round += 1) {
    const child = fork(importProcess, [url], {
      env: world.toEnvironment('tls'),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const closed = new Promise((resolve) => child.once('close', resolve))
    const profile = (await waitForMessage(child, 'import')) as Profiler.Profile
    await closed
    rounds.push(sumByPlace(profile, toPackageAt))
    onRound()
  }
  const names = [...new Set(rounds.flatMap((round) => [...round.keys()]))]
  const medians = names.map((name) => {
    const values = rounds.map((round) => round.get(name) ?? 0)
    return [name, toQuantile(values, 0.5)] as const
  })
  return Object.fromEntries(medians.toSorted(([, one], [, other]) => other - one))
}

function openPackages(maps: ReadonlyMap<string, string>): ToPackage {
  const opened = new Map([...maps].map(([name, map]) => [name, new SourceMap(JSON.parse(map))]))
  const known = new Map<string, string>()
  return (url, line) => {
    const map = opened.get(basename(url))
    if (map === undefined) return undefined
    const place = `${url}:${line}`
    const found = known.get(place) ?? toSource(map, line)
    known.set(place, found)
    return found
  }
}

/** The first part of a line decides: no line has parts of two packages. */
function toSource(map: SourceMap, line: number): string {
  const entry = map.findEntry(line - 1, columnsPerLine)
  return 'originalSource' in entry ? toPackage(entry.originalSource) : glue
}

/** Further right than any line ends, so that the last part of it is found. */
const columnsPerLine = 10_000
const glue = 'what esbuild adds'

/** Adds up a profile by package; what is none is Node.js, or V8 at work. */
function sumByPlace(
  profile: Profiler.Profile,
  toPackageAt: ToPackage,
): ReadonlyMap<string, number> {
  const { startTime, endTime, samples = [] } = profile
  // Starting the profiler is no part of the import.
  const nodes = profile.nodes.filter(({ callFrame }) => callFrame.url !== 'node:inspector')
  const msPerTick = (endTime - startTime) / 1000 / samples.length
  const sums = new Map<string, number>()
  for (const { callFrame, positionTicks = [] } of nodes) {
    const { functionName, url } = callFrame
    for (const { line, ticks } of positionTicks) {
      const name = toPackageAt(url, line) ?? toPart(functionName, url)
      sums.set(name, (sums.get(name) ?? 0) + ticks * msPerTick)
    }
  }
  return sums
}

function toPart(functionName: string, url: string): string {
  if (functionName === '(idle)') return 'waiting for the secret and the connection'
  if (functionName === '(garbage collector)') return 'garbage collection'
  return url.startsWith('node:') || url === '' ? 'modules of Node.js' : 'the bench'
}
