import { startContestant } from './contestant.ts'
import { userPoolId } from './deployment.ts'
import type { Figure } from './results.ts'
import { type RunContext, us } from './run-context.ts'
import { type Round, toFigure, toQuantile } from './statistics.ts'

/** So many requests find a Cognito that says nothing, at the same moment. */
const silentAtOnce = 20
/** Time enough for a busy machine to send all of them. */
const silentDeadlineMs = 2000

/**
 * Measures what diagnosing a refused code takes: with the user pool in the settings, the proxy describes it after the
 * first failures, and then remembers what it read.
 */
export async function measureDiagnosis({
  plan,
  world,
  handlers,
  onRound,
}: RunContext): Promise<Figure> {
  const env = world.toEnvironment('tls')
  const refused = { ending: 'invalid_grant', atOnce: 1 } as const
  const [plain, diagnosed] = await Promise.all(
    [env, { ...env, BENCH_USER_POOL_ID: userPoolId }].map((one) =>
      startContestant(handlers[us], one),
    ),
  )
  const rounds: Round[] = []
  const run = async (contestant: typeof plain, count: number) =>
    (await contestant?.run({ ...refused, count }))?.durationsMs ?? []
  // The first one loads what explains a refusal.
  await run(plain, plan.warmUp)
  const [first = Number.NaN] = await run(diagnosed, plan.warmUp)
  for (let round = 0; round < plan.warmRounds; round += 1) {
    const withoutPool = toQuantile(await run(plain, plan.warmCount), 0.5)
    const withPool = toQuantile(await run(diagnosed, plan.warmCount), 0.5)
    rounds.push({
      'without a user pool': withoutPool,
      'with it, p50': withPool,
      'with it, the first': first,
    })
    onRound()
  }
  await Promise.all([plain?.close(), diagnosed?.close()])
  return toFigure(
    {
      name: 'diagnosed',
      title: 'a refused code over TLS that the proxy diagnoses',
      unit: 'ms',
      reference: 'without a user pool',
    },
    rounds,
  )
}

/** Measures how much later than its deadline an exchange is answered that Cognito does not answer. */
export async function measureSilence({
  plan,
  world,
  handlers,
  onRound,
}: RunContext): Promise<Figure> {
  const env = { ...world.toEnvironment('tls'), TOKEN_PROXY_DEADLINE_MS: `${silentDeadlineMs}` }
  const contestant = await startContestant(handlers[us], env)
  await contestant.run({ ending: 'ok', count: plan.warmUp, atOnce: 1 })
  const rounds: Round[] = []
  for (let round = 0; round < plan.slowRounds; round += 1) {
    const { durationsMs } = await contestant.run({
      ...{ ending: 'timeout', count: silentAtOnce, atOnce: silentAtOnce },
    })
    rounds.push({ [us]: toQuantile(durationsMs, 0.5) - silentDeadlineMs })
    onRound()
  }
  await contestant.close()
  return toFigure(
    {
      name: 'silence',
      title: `a silent Cognito, ${silentAtOnce} at once: the answer after the deadline, p50`,
      unit: 'ms',
      reference: us,
    },
    rounds,
  )
}
