import { LambdaClient } from '@aws-sdk/client-lambda'
import { toDeployNames } from '../../infra/deploy/names.ts'
import type { Stage } from '../../infra/stage.ts'
import { buildFunctions } from '../build.ts'
import { buildCanary } from '../build-canary.ts'
import { writeEdgeTemplate } from '../edge-template.ts'
import { checkAccount } from './checks.ts'
import { finishEdge, planEdge } from './edge-steps.ts'
import { toVariables, type Wishes } from './flags.ts'
import { toClientSettings } from './look.ts'
import { runOsls } from './osls.ts'
import { reportOutcome } from './outcome.ts'
import { pruneVersions } from './prune.ts'
import { findWayBack } from './rollback.ts'
import { buildSiteFiles, publishSite } from './site.ts'
import { reportStop } from './stopped.ts'

/** What the command line asks for. */
export interface DeployOptions {
  readonly allowReplacement: boolean
  readonly skipChecks: boolean
  readonly allAtOnce: boolean
  readonly yes: boolean
  /** True for the package before the deployed one. */
  readonly rollback?: string | true | undefined
}

/** Looks before it changes anything, and checks from outside what it has changed. Gives the exit code. */
export async function deployStage(
  name: string,
  stage: Stage,
  options: DeployOptions,
): Promise<number> {
  if (!options.skipChecks && !(await checkAccount(name, stage, toChecks(options)))) return 1
  const wishes = { allowsReplacement: options.allowReplacement, asksFirst: !options.yes }
  const { rollback } = options
  if (rollback !== undefined) {
    const wanted = rollback === true ? undefined : rollback
    return goBack(name, stage, wishes, wanted)
  }
  return goOn(name, stage, { ...wishes, shift: chooseShift(stage, options) })
}

function chooseShift({ gradualDeployment }: Stage, { allAtOnce }: DeployOptions) {
  if (!gradualDeployment) return undefined
  return allAtOnce ? 'at-once' : 'gradual'
}

/** The stage accepts the next key of the edge before the edge sends it, so that each step leaves what serves. */
async function goOn(name: string, stage: Stage, given: Omit<Wishes, 'digests'>): Promise<number> {
  const names = toDeployNames(name, stage)
  const planned = await planEdge(names)
  if (!planned.ok) {
    console.error(`Nothing was deployed: ${planned.problem}`)
    return 1
  }
  const { plan } = planned
  if (stage.site && !(await buildSiteFiles())) {
    console.error('Nothing was deployed, because the site could not be built.')
    return 1
  }
  await Promise.all([buildFunctions(), buildCanary()])
  // What osls compares does not contain the digests, so it would find nothing to do.
  const words = plan?.digests === undefined ? ['deploy'] : ['deploy', '--force']
  const code = await change(name, stage, words, { ...given, digests: plan?.digests })
  if (code !== 0) return code
  const isPublished = !stage.site || (await publishSite({ name, stage }, console.log))
  writeEdgeTemplate(stage)
  const { allowsReplacement } = given
  if (!(await finishEdge({ stage, plan, allowsReplacement, say: console.log }))) return 1
  const outcome = await reportOutcome(name, stage, console.log)
  return isPublished ? outcome : 1
}

/** Going back, and what repairs an outage, are not stopped by the alarms of that outage. */
function toChecks({ allAtOnce, rollback }: DeployOptions) {
  return { say: console.log, ignoresAlarms: allAtOnce || rollback !== undefined }
}

async function goBack(
  name: string,
  stage: Stage,
  wishes: Omit<Wishes, 'shift' | 'digests'>,
  wanted: string | undefined,
): Promise<number> {
  const way = await findWayBack(name, stage.region, wanted)
  if (!way.ok) {
    console.error(`nothing was changed: ${way.problem}`)
    return 1
  }
  const { timestamp, shift } = way
  console.log(`going back to the package of ${new Date(Number(timestamp)).toISOString()}`)
  // osls reads the functions of this checkout, whatever it goes back to.
  await Promise.all([buildFunctions(), buildCanary()])
  const words = ['rollback', '--timestamp', timestamp]
  const code = await change(name, stage, words, { ...wishes, shift, digests: undefined })
  return code === 0 ? reportOutcome(name, stage, console.log) : code
}

async function change(
  name: string,
  stage: Stage,
  words: readonly string[],
  wishes: Wishes,
): Promise<number> {
  const environment = { ...process.env, ...toVariables(wishes) }
  const { code, isInterrupted } = await runOsls([...words, '--stage', name], environment)
  if (code !== 0 || isInterrupted) {
    await reportStop(name, stage, isInterrupted ? 'interrupted' : 'failed', console.error)
    return code === 0 ? 1 : code
  }
  const lambda = new LambdaClient(toClientSettings(stage.region))
  for (const versioned of toDeployNames(name, stage).versioned) {
    await pruneVersions(lambda, versioned, console.warn)
  }
  return 0
}
