import { findMissingAwsSetup } from '../../adapters/doctor/aws-setup.ts'
import type { Explanation } from '../../core/explain/explain.ts'
import { explain } from '../../core/explain/explain.ts'
import type { Look, Looked } from '../../core/explain/look.ts'
import { findTarget, type Target } from '../../core/explain/look-target.ts'
import { findNamed } from '../../core/explain/named.ts'
import { toDeployNames } from '../../infra/deploy/names.ts'
import type { NamedStage } from '../deploy/site.ts'
import { lookAtClient } from './look-at-client.ts'
import { type FoundRecord, findRecord } from './record-log.ts'

/** What somebody wants to be explained, and where it may be looked for. */
export interface LookOrder {
  readonly pasted: string
  readonly requestId: string | undefined
  readonly stage: NamedStage | undefined
  /** How far back a record is looked for. */
  readonly hours: number
  /** Says what is about to be asked. */
  readonly say: (line: string) => void
}

/** An explanation after the look; `looked` is undefined where there was nothing to look at. */
export interface LookedExplanation {
  readonly explanation: Explanation
  readonly looked: Looked | undefined
}

/** All asks together, in milliseconds: somebody waits. */
const longestLookMs = 20_000
const longestSetupMs = 5000
const nothingLooked = {
  record: undefined,
  appClient: undefined,
  trail: undefined,
  ruledOut: [],
} as const satisfies Looked

/**
 * Explains a text, and goes on to look at what it names in AWS: the record of the request, the app client, and the
 * redirect URIs in the event history. Every call only reads. What cannot be looked at is said; the explanation of the
 * text is there in any case.
 */
export async function lookInAws(order: LookOrder): Promise<LookedExplanation> {
  const { pasted, requestId, stage } = order
  const offline = explain(pasted, requestId)
  const wanted = offline.from === 'record' || stage === undefined ? undefined : requestId
  const target = findTarget(findNamed(pasted), stage?.stage.settings)
  if (wanted === undefined && target === undefined)
    return { explanation: offline, looked: undefined }
  order.say(
    `looking in AWS, which only reads and takes up to ${longestLookMs / 1000} s; --offline leaves it out`,
  )
  process.env['AWS_REGION'] ??=
    stage?.stage.region ?? target?.region ?? process.env['AWS_DEFAULT_REGION']
  const missing = await within(longestSetupMs, findMissingAwsSetup(), [
    'no AWS credentials could be had in time',
  ])
  if (missing.length > 0) {
    const unasked = { ok: false, why: missing.join('; ') } as const
    const looked = wanted === undefined ? { appClient: unasked } : { record: unasked }
    return { explanation: offline, looked: { ...nothingLooked, ...looked } }
  }
  return lookFurther(order, offline, { wanted, target })
}

interface Wanted {
  readonly wanted: string | undefined
  readonly target: Target | undefined
}

/** Looks for the record first: it may name the client. */
async function lookFurther(
  { pasted, stage, hours }: LookOrder,
  offline: Explanation,
  { wanted, target }: Wanted,
): Promise<LookedExplanation> {
  const signal = AbortSignal.timeout(longestLookMs)
  const found =
    wanted === undefined || stage === undefined
      ? undefined
      : await findRecord({ ...toGroups(stage), requestId: wanted, hours, signal })
  const explanation = found?.ok ? explain(found.text, wanted) : offline
  const text = found?.ok ? found.text : pasted
  const about = found?.ok ? (findTarget(findNamed(text), stage?.stage.settings) ?? target) : target
  const record = toShown(found)
  if (about === undefined || !isOpen(explanation)) {
    return { explanation, looked: { ...nothingLooked, record } }
  }
  const unanswered = {
    ...nothingLooked,
    appClient: { ok: false, why: 'no answer in time' },
  } as const
  const seen = await within(
    longestLookMs,
    lookAtClient({ explanation, text, target: about, signal }),
    {
      explanation,
      looked: unanswered,
    },
  )
  return { explanation: seen.explanation, looked: { ...seen.looked, record } }
}

/** Where one reason is proved, or nothing is known of any, no look can decide. */
function isOpen({ suspicions: [first] }: Explanation): boolean {
  return first !== undefined && first.certainty !== 'proved'
}

function toGroups({ name, stage }: NamedStage) {
  const { logGroups } = toDeployNames(name, stage)
  const ofRequests = logGroups.filter((group) => /-(?:oauth2|metadata)$/.test(group))
  return { region: stage.region, logGroups: ofRequests }
}

function toShown(found: Look<FoundRecord> | undefined): Looked['record'] {
  return found?.ok ? { ok: true, logGroup: found.logGroup, at: found.at } : found
}

/** What is not there in time counts as the other value; the process does not wait for it either. */
async function within<T>(ms: number, asked: Promise<T>, otherwise: T): Promise<T> {
  const late = Promise.withResolvers<T>()
  const timer = setTimeout(() => late.resolve(otherwise), ms)
  const first = await Promise.race([asked, late.promise])
  clearTimeout(timer)
  return first
}
