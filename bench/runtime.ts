import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { toEvent } from './invocation.ts'
import type { Figure } from './results.ts'
import { byTheBook, emptyHandler, type RunContext, us } from './run-context.ts'
import { openRuntimeApi, type RuntimeApi } from './runtime-api.ts'
import { type Round, toFigure, toQuantile } from './statistics.ts'

const contestants = [us, byTheBook, emptyHandler] as const
type Name = (typeof contestants)[number]

interface Runtime {
  readonly exchange: () => Promise<number>
  readonly close: () => Promise<void>
}

/**
 * Measures with the runtime API of Lambda in front, over TLS: from the start of a process to its first answer, and warm
 * exchanges. What an empty handler takes is the share of Node.js, of the runtime and of its API.
 */
export async function measureRuntime(context: RunContext): Promise<Figure[]> {
  const { coldRounds, warmRounds, warmUp, warmCount } = context.plan
  const cold: Round[] = []
  for (let round = 0; round < coldRounds; round += 1) {
    cold.push(await measureEach(round, (name) => startOnce(context, name)))
    context.onRound()
  }
  const running = new Map<Name, Runtime>()
  for (const name of contestants) {
    const runtime = await startRuntime(context, name)
    await exchangeAll(runtime, warmUp)
    running.set(name, runtime)
  }
  const warm: Round[] = []
  for (let round = 0; round < warmRounds; round += 1) {
    const measure = async (name: Name) =>
      toQuantile(await exchangeAll(running.get(name), warmCount), 0.5)
    warm.push(await measureEach(round, measure))
    context.onRound()
  }
  for (const runtime of running.values()) await runtime.close()
  const title = "through Lambda's runtime API, over TLS"
  const of = { unit: 'ms', reference: byTheBook } as const
  return [
    toFigure(
      {
        ...of,
        name: 'runtime-cold',
        title: `${title}: from the start of the process to its first answer`,
      },
      cold,
    ),
    toFigure({ ...of, name: 'runtime-warm', title: `${title}: a warm exchange, p50` }, warm),
  ]
}

/** Who is first moves on from round to round. */
async function measureEach(round: number, measure: (name: Name) => Promise<number>) {
  const first = round % contestants.length
  const measured: Record<string, number> = {}
  for (const name of [...contestants.slice(first), ...contestants.slice(0, first)]) {
    measured[name] = await measure(name)
  }
  return Object.fromEntries(contestants.map((name) => [name, measured[name] ?? Number.NaN]))
}

async function startOnce(context: RunContext, name: Name): Promise<number> {
  const startedAtMs = performance.now()
  const runtime = await startRuntime(context, name)
  await runtime.exchange()
  const tookMs = performance.now() - startedAtMs
  await runtime.close()
  return tookMs
}

async function startRuntime(context: RunContext, name: Name): Promise<Runtime> {
  const { world, handlers, runtimeProcess } = context
  const api = await openRuntimeApi()
  const child = fork(runtimeProcess, [handlers[name]], {
    env: { ...world.toEnvironment('tls'), AWS_LAMBDA_RUNTIME_API: api.address },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  child.stdout?.resume()
  return {
    exchange: () => exchangeOnce(api, child, name),
    close: async () => {
      const closed = once(child, 'close')
      child.kill()
      await closed
      api.close()
    },
  }
}

/** Gives what the exchange took from when the runtime was given its event. */
async function exchangeOnce(api: RuntimeApi, child: ChildProcess, name: string): Promise<number> {
  const { promise: ended, reject } = Promise.withResolvers<never>()
  const onExit = (code: number | null) => reject(new Error(`${name} ended with ${code}`))
  child.once('exit', onExit)
  const { statusCode, tookMs } = await Promise.race([api.invoke(toEvent('code-1')), ended])
  child.off('exit', onExit)
  if (statusCode !== 200) throw new Error(`${name} answered ${statusCode}`)
  return tookMs
}

async function exchangeAll(runtime: Runtime | undefined, count: number): Promise<number[]> {
  const durationsMs: number[] = []
  for (let done = 0; done < count; done += 1)
    durationsMs.push((await runtime?.exchange()) ?? Number.NaN)
  return durationsMs
}
