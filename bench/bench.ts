import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Metafile } from 'esbuild'
import { bundleContestants, sumByPackage, sumBytes } from './bundles.ts'
import { measureCold } from './cold.ts'
import { measureClients, measureLoggedBytes, measureMemory, measureRefusal } from './own-figures.ts'
import type { Plan } from './plan.ts'
import type { Figure, Results } from './results.ts'
import { byTheBook, type RunContext, us } from './run-context.ts'
import { toFigure } from './statistics.ts'
import { measureWarm, type WarmTrial } from './warm.ts'
import { openWorld } from './world.ts'

/** The proxy as it is built. */
export interface BuiltProxy {
  readonly folder: string
  readonly metafile: Metafile
}

const coldPlaces = ['tls', 'tls-slow', 'plain', 'plain-slow'] as const
const oneAtATime = { ending: 'ok', atOnce: 1 } as const
const atOnce = 20

/**
 * Measures the proxy and its peers.
 *
 * @param onProgress told the share of all rounds that are done, from 0 to 1
 */
export async function runBench(
  plan: Plan,
  proxy: BuiltProxy,
  onProgress: (share: number) => void,
): Promise<Pick<Results, 'figures' | 'bytesByPackage'>> {
  const world = await openWorld()
  const trials = toTrials(plan)
  const all = countRounds(plan, trials)
  let done = 0
  try {
    const bundles = await bundleContestants(world.folder)
    const context: RunContext = {
      plan,
      world,
      handlers: {
        [us]: pathToFileURL(join(proxy.folder, 'oauth2.mjs')).href,
        [byTheBook]: pathToFileURL(bundles.byTheBook).href,
      },
      coldProcess: bundles.coldProcess,
      onRound: () => {
        done += 1
        onProgress(done / all)
      },
    }
    const bytes = {
      [us]: sumBytes(proxy.metafile, 'oauth2.mjs'),
      [byTheBook]: bundles.byTheBookBytes,
    }
    return {
      figures: [...(await measureAll(context, trials)), toStaticBytes(bytes)],
      bytesByPackage: sumByPackage(proxy.metafile, 'oauth2.mjs'),
    }
  } finally {
    world.close()
  }
}

async function measureAll(context: RunContext, trials: readonly WarmTrial[]): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const place of coldPlaces) figures.push(...(await measureCold(context, place)))
  for (const trial of trials) figures.push(...(await measureWarm(context, trial)))
  figures.push(await measureRefusal(context))
  figures.push(await measureClients(context))
  figures.push(await measureLoggedBytes(context))
  const { memoryCounts } = context.plan
  if (memoryCounts !== undefined) figures.push(await measureMemory(context, memoryCounts))
  return figures
}

function toTrials(plan: Plan): readonly WarmTrial[] {
  const { warmRounds: rounds, warmUp, warmCount, burstCount } = plan
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
    },
    {
      name: 'burst-tls',
      title: `warm over TLS, ${atOnce} at once`,
      place: 'tls',
      batch: burst,
      rounds,
      warmUp,
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

function countRounds(plan: Plan, trials: readonly WarmTrial[]): number {
  const warm = trials.reduce((sum, { rounds }) => sum + rounds, 0)
  const own = 2 * plan.warmRounds + 2 + (plan.memoryCounts === undefined ? 0 : 1)
  return coldPlaces.length * plan.coldRounds + warm + own
}

function toStaticBytes(bytes: Readonly<Record<string, number>>): Figure {
  const title = 'code that is loaded before a success, minified'
  return toFigure({ name: 'static-bytes', title, unit: 'bytes', reference: byTheBook }, [bytes])
}
