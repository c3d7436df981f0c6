import { type CauseName, causes, toCause } from '../core/causes/catalogue.ts'
import { checkCauses } from '../core/causes/doctor.ts'
import type { Explanation, Suspicion } from '../core/explain/explain.ts'
import type { Looked } from '../core/explain/look.ts'
import { secretKinds } from '../core/explain/pasted-secrets.ts'
import { directReasons, isDirectReason, type Reason } from '../core/explain/reasons.ts'
import { toWording } from '../core/explain/wordings.ts'
import { toObservation } from './observations/observations.ts'
import type { RunbookText, Step } from './text.ts'
import { runbookTexts } from './texts.ts'

/** What a person needs to know of one reason: how to decide, how to fix it, and what the proxy makes of it. */
export interface ReasonText {
  readonly ask: string
  readonly look: string
  readonly command: string | undefined
  readonly fix: string
  readonly repair: string | undefined
  readonly withProxy: string
  /** Its page in the runbook, from `docs/`; undefined for what is no cause of the proxy. */
  readonly page: string | undefined
}

/** Writes what is known of a reason, from the catalogue, the runbook and its observation. */
export function toReasonText(reason: Reason): ReasonText {
  const observation = toObservation(reason)
  const text: RunbookText | undefined = isRunbookText(reason) ? runbookTexts[reason] : undefined
  return {
    ask: observation?.ask ?? 'Does the record of the proxy name it?',
    look: observation?.look ?? text?.meaning ?? '',
    command: toCommand(observation?.command) ?? text?.diagnosis.map(toCommand).find(Boolean),
    fix: observation?.fix ?? toFix(reason),
    repair: toCommand(observation?.repair) ?? text?.mitigation.map(toCommand).find(Boolean),
    withProxy: toProxyText(reason),
    page: isRunbookText(reason) ? `runbook/${reason}.md` : undefined,
  }
}

/** Writes how the proxy shows a reason to its operator. */
export function toProxyText(reason: Reason): string {
  if (isDirectReason(reason)) return directReasons[reason].withProxy
  const open = toUndetermined(reason)
  const candidate = `a candidate of ${open.join(' and ')}`
  if (!isCause(reason)) {
    return open.length === 0 ? 'The doctor finds it.' : `Its record has it as ${candidate}.`
  }
  const { status, error } = toCause(reason)
  const named = `Its record has the cause ${reason}; the answer is ${status} ${error}.`
  return open.length === 0 ? named : `${named} Without a look at the user pool, it is ${candidate}.`
}

function toFix(reason: Reason): string {
  if (isDirectReason(reason)) return directReasons[reason].fix
  return isRunbookText(reason) ? checkCauses[reason].fix : ''
}

function toUndetermined(reason: Reason): readonly CauseName[] {
  return (Object.keys(causes) as readonly CauseName[]).filter((name) => {
    const { candidates = [], rareCandidates = [] } = toCause(name)
    return [...candidates, ...rareCandidates].includes(reason)
  })
}

function isCause(reason: Reason): reason is CauseName {
  return Object.hasOwn(causes, reason)
}

function isRunbookText(reason: Reason): reason is Extract<Reason, keyof typeof runbookTexts> {
  return Object.hasOwn(runbookTexts, reason)
}

function toCommand(step: Step | undefined): string | undefined {
  return typeof step === 'object' && 'command' in step ? step.command : undefined
}

/** An explanation with everything that a person or a program needs; `--json` prints it. */
export function toFullExplanation(
  { from, wording, suspicions, secrets }: Explanation,
  looked?: Looked,
) {
  return {
    from,
    wording,
    about: wording === undefined ? undefined : toWording(wording).about,
    page: wording === undefined ? undefined : `docs/errors/${wording}.md`,
    suspicions: suspicions.map((suspicion: Suspicion) => ({
      ...suspicion,
      ...fillIn(toReasonText(suspicion.reason), looked),
    })),
    secrets: secrets.map((kind) => ({
      kind,
      name: secretKinds[kind].name,
      advice: secretKinds[kind].advice,
    })),
    looked,
  }
}

/** Puts the ids that were looked at into the commands, so that they can be run as they are. */
function fillIn(text: ReasonText, looked: Looked | undefined): ReasonText {
  if (looked?.appClient?.ok !== true) return text
  const { userPoolId, clientId } = looked.appClient
  const fill = (command: string | undefined) =>
    command?.replaceAll(/\bPOOL\b/g, userPoolId).replaceAll(/\bCLIENT\b/g, clientId)
  return { ...text, command: fill(text.command), repair: fill(text.repair) }
}

/** What `npm run explain -- --json` prints. */
export type FullExplanation = ReturnType<typeof toFullExplanation>
