import type { AnsweredCause } from './answered.ts'
import { type CauseName, causes, toCause } from './catalogue.ts'

/** What may be known in public of each cause. */
export const publicRows = Object.fromEntries(
  Object.keys(causes).map((id) => [id, toPublicRow(id as CauseName)]),
) as { readonly [N in CauseName]: AnsweredCause }

function toPublicRow(id: CauseName): AnsweredCause {
  const { status, error, description, forCode, fault, fix, candidates = [] } = toCause(id)
  const { status: statusForCode, description: descriptionForCode } = forCode ?? {}
  return {
    id,
    status,
    ...(statusForCode === undefined ? {} : { statusForCode }),
    error,
    description,
    ...(descriptionForCode === undefined ? {} : { descriptionForCode }),
    fault,
    fix,
    candidates,
  }
}
