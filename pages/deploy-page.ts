import type { Field } from '../core/settings/field.ts'
import { stoppingCauses } from '../infra/gradual/stopping-alarms.ts'
import { stageFields } from '../infra/stage-fields.ts'
import { toCode, toTable } from '../runbook/markdown.ts'
import { renewParts } from './generated-parts.ts'

/** Renews `docs/deploy.md`: every field that a stage has for the stack itself, and what takes a deployment back. */
export function renewDeployPage(page: string): string {
  return renewParts(page, {
    'stage fields': toStageTable(),
    'stopping alarms': toStoppingTable(),
  })
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

function toStoppingTable(): string {
  const rows = Object.entries(stoppingCauses).map(([cause, why]) => [
    `[${toCode(cause)}](runbook/${cause}.md)`,
    why,
  ])
  const ownErrors = 'the new version cannot start, or runs out of time or memory'
  return toTable(
    ['alarm', 'what the deployment may have done'],
    [['errors of the new version alone', ownErrors], ...rows],
  )
}
