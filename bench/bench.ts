import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Metafile } from 'esbuild'
import { bundleContestants, sumByPackage, sumBytes } from './bundles.ts'
import { measureCold } from './cold.ts'
import { measureClients, measureLoggedBytes, measureMemory, measureRefusal } from './own-figures.ts'
import type { PartName, Plan } from './plan.ts'
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
 * @param only the name of the one part that is measured; undefined for all
 */
export async function runBench(
  plan: Plan,
  proxy: BuiltProxy,
  onProgress: (share: number) => void,
  only?: PartName,
): Promise<Pick<Results, 'figures' | 'bytesByPackage'>> {
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
      },
      coldProcess: bundles.coldProcess,
      onRound: () => {
        done += 1
        onProgress(done / all)
      },
    }
    const parts = toParts(context).filter(({ name }) => only === undefined || name === only)
    all = parts.reduce((sum, { rounds }) => sum + rounds, 0)
    const bytes = {
      [us]: sumBytes(proxy.metafile, 'oauth2.mjs'),
      [byTheBook]: bundles.byTheBookBytes,
    }
    const figures: Figure[] = []
    for (const { measure } of parts) figures.push(...(await measure()))
    return {
      figures: [...figures, toStaticBytes(bytes)],
      bytesByPackage: sumByPackage(proxy.metafile, 'oauth2.mjs'),
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
  const { coldRounds, warmRounds, memoryCounts } = context.plan
  const parts: readonly Part[] = [
    ...coldPlaces.map((place) => ({
      name: `cold-${place}` as const,
      rounds: coldRounds,
      measure: () => measureCold(context, place),
    })),
    ...toTrials(context.plan).map((trial) => ({
      ...{ name: trial.name, rounds: trial.rounds },
      measure: () => measureWarm(context, trial),
    })),
    toPart('refusal', warmRounds, () => measureRefusal(context)),
    toPart('clients', warmRounds, () => measureClients(context)),
    toPart('logged-bytes', 2, () => measureLoggedBytes(context)),
  ]
  return memoryCounts === undefined
    ? parts
    : [...parts, toPart('memory', 1, () => measureMemory(context, memoryCounts))]
}

function toPart(name: PartName, rounds: number, measure: () => Promise<Figure>): Part {
  return { name, rounds, measure: async () => [await measure()] }
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

function toStaticBytes(bytes: Readonly<Record<string, number>>): Figure {
  const title = 'code that is loaded before a success, minified'
  return toFigure({ name: 'static-bytes', title, unit: 'bytes', reference: byTheBook }, [bytes])
}
