import type { Field } from '../core/settings/field.ts'
import { toPlainCommands } from '../infra/doors/plain.ts'
import { stoppingCauses } from '../infra/gradual/stopping-alarms.ts'
import { stageFields } from '../infra/stage-fields.ts'
import { toCode, toTable } from '../runbook/markdown.ts'
import { renewParts } from './generated-parts.ts'

/** Renews `docs/deploy.md`: the fields of a stage, what takes a deployment back, and the calls that deploy without osls. */
export function renewDeployPage(page: string): string {
  return renewParts(page, {
    'stage fields': toStageTable(),
    'stopping alarms': toStoppingTable(),
    'plain commands': toPlainWays(),
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

function toPlainWays(): string {
  const stage = { name: 'dev', region: 'eu-central-1', tags: {}, edge: 'off' } as const
  return ['```sh', ...toPlainCommands(stage, '.serverless/plain'), '```'].join('\n')
}
