import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toEdgeTemplate } from '../infra/edge/template.ts'
import type { Stage } from '../infra/stage.ts'

const file = join(import.meta.dirname, '..', '.serverless', 'edge-template.json')

/** Writes the template of what stands in front of a stage beside that of the stage, or removes an old one. */
export function writeEdgeTemplate(stage: Stage): void {
  rmSync(file, { force: true })
  if (stage.edge === 'off') return
  writeFileSync(file, `${JSON.stringify(toEdgeTemplate(stage), null, 2)}\n`)
}
