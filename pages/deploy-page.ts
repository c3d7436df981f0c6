import type { Field } from '../core/settings/field.ts'
import { stageFields } from '../infra/stage-fields.ts'
import { toCode, toTable } from '../runbook/markdown.ts'
import { renewParts } from './generated-parts.ts'

/** Renews `docs/deploy.md`: every field that a stage has for the stack itself. */
export function renewDeployPage(page: string): string {
  return renewParts(page, { 'stage fields': toStageTable() })
}

function toStageTable(): string {
  const rows = Object.entries<Field<unknown>>(stageFields).map(
    ([name, { required, byDefault, meaning }]) => [
      toCode(name),
      required ? 'required' : toCode(JSON.stringify(byDefault)),
      meaning,
    ],
  )
  return toTable(['field', 'default', 'meaning'], rows)
}
