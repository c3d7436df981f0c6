import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Metafile } from 'esbuild'
import { bundleContestants, sumByPackage, sumBytes } from './bundles.ts'
import { measureCold } from './cold.ts'
import { measureDiagnosis, measureSilence } from './failure-figures.ts'
import { measureImport, type ReadableFunction } from './import-split.ts'
import {
  measureClients,
  measureLoggedBytes,
  measureMemory,
  measureRefusal,
  memorySlices,
} from './own-figures.ts'
import type { PartName, Plan } from './plan.ts'
import type { Figure, Results } from './results.ts'
import { byTheBook, emptyHandler, type RunContext, us } from './run-context.ts'
import { measureRuntime } from './runtime.ts'
import { toFigure } from './statistics.ts'
import { measureWarm, type WarmTrial } from './warm.ts'
import { openWorld } from './world.ts'

/** The proxy as it is built. */
export interface BuiltProxy {
  readonly folder: string
  readonly metafile: Metafile
  /** The same function in a form that a profile of it can be read in. */
  readonly readable: ReadableFunction
}

const coldPlaces = ['tls', 'tls-slow', 'plain', 'plain-slow'] as const
const oneAtATime = { ending: 'ok', atOnce: 1 } as const
const atOnce = 20

/**
 * Measures the proxy and its peers.
 *
 * @param onProgress told the share of all rounds that are done, from 0 to 1
 * @param only the name of the one part that is measured; undefined for all
 */
export async function runBench(
  plan: Plan,
  proxy: BuiltProxy,
  onProgress: (share: number) => void,
  only?: PartName,
): Promise<Pick<Results, 'figures' | 'bytesByPackage' | 'importMsByPackage'>> {
  const world = await openWorld()
  let all = 0
  let done = 0
  try {
    const bundles = await bundleContestants(world.folder)
    const context: RunContext = {
      plan,
      world,
      handlers: {
        [us]: pathToFileURL(join(proxy.folder, 'oauth2.mjs')).href,
        [byTheBook]: pathToFileURL(bundles.byTheBook).href,
        [emptyHandler]: pathToFileURL(bundles.emptyHandler).href,
      },
      ...bundles,
      onRound: () => {
        done += 1
        onProgress(done / all)
      },
    }
    const parts = toParts(context).filter(({ name }) => only === undefined || name === only)
    const isImportMeasured = only === undefined || only === 'import'
    all = parts.reduce((sum, { rounds }) => sum + rounds, isImportMeasured ? plan.coldRounds : 0)
    const bytes = {
      [us]: sumBytes(proxy.metafile, 'oauth2.mjs'),
      [byTheBook]: bundles.byTheBookBytes,
    }
    const figures: Figure[] = []
    for (const { measure } of parts) figures.push(...(await measure()))
    const importMsByPackage = isImportMeasured ? await measureImport(context, proxy.readable) : {}
    return {
      figures: [...figures, toStaticBytes(bytes)],
      bytesByPackage: sumByPackage(proxy.metafile, 'oauth2.mjs'),
      importMsByPackage,
    }
  } finally {
    world.close()
  }
}

/** One measurement, which `--only` names. */
interface Part {
  readonly name: PartName
  readonly rounds: number
  readonly measure: () => Promise<readonly Figure[]>
}

function toParts(context: RunContext): readonly Part[] {
  const { coldRounds, warmRounds, slowRounds, memoryCounts } = context.plan
  const parts: readonly Part[] = [
    ...coldPlaces.map((place) => ({
      name: `cold-${place}` as const,
      rounds: coldRounds,
      measure: () => measureCold(context, place),
    })),
    {
      name: 'runtime',
      rounds: coldRounds + warmRounds,
      measure: () => measureRuntime(context),
    },
    ...toTrials(context.plan).map((trial) => ({
      ...{ name: trial.name, rounds: trial.rounds },
      measure: () => measureWarm(context, trial),
    })),
    toPart('diagnosed', warmRounds, () => measureDiagnosis(context)),
    toPart('silence', slowRounds, () => measureSilence(context)),
    toPart('refusal', warmRounds, () => measureRefusal(context)),
    toPart('clients', warmRounds, () => measureClients(context)),
    toPart('logged-bytes', 2, () => measureLoggedBytes(context)),
  ]
  return memoryCounts === undefined
    ? parts
    : [...parts, toPart('memory', memorySlices, () => measureMemory(context, memoryCounts))]
}

function toPart(name: PartName, rounds: number, measure: () => Promise<Figure>): Part {
  return { name, rounds, measure: async () => [await measure()] }
}

function toTrials(plan: Plan): readonly WarmTrial[] {
  const { warmRounds: rounds, warmUp, burstWarmUp, warmCount, burstCount } = plan
  const single = { ...oneAtATime, count: warmCount }
  const burst = { ...oneAtATime, atOnce, count: burstCount }
  const refused = { ...single, ending: 'invalid_grant' } as const
  return [
    {
      name: 'warm-tls',
      title: 'warm over TLS, one at a time',
      place: 'tls',
      batch: single,
      rounds,
      warmUp,
      countsHeap: true,
    },
    {
      name: 'burst-tls',
      title: `warm over TLS, ${atOnce} at once`,
      place: 'tls',
      batch: burst,
      rounds,
      warmUp: burstWarmUp,
      countsHeap: true,
    },
    {
      name: 'invalid-grant',
      title: 'an `invalid_grant` over TLS',
      place: 'tls',
      batch: refused,
      rounds,
      warmUp,
    },
    {
      name: 'warm-plain',
      title: 'warm without TLS, one at a time',
      place: 'plain',
      batch: single,
      rounds,
      warmUp,
    },
    {
      name: 'warm-tls-slow',
      title: 'warm over TLS, one at a time, as slow as AWS',
      place: 'tls-slow',
      batch: { ...oneAtATime, count: plan.slowCount },
      rounds: plan.slowRounds,
      warmUp: plan.slowCount,
    },
  ]
}

function toStaticBytes(bytes: Readonly<Record<string, number>>): Figure {
  const title = 'code that is loaded before a success, minified'
  return toFigure({ name: 'static-bytes', title, unit: 'bytes', reference: byTheBook }, [bytes])
}
