import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseStage, type Stage } from '../../infra/stage.ts'
import { copyProject } from './packaging.ts'
import type { Json } from './template-tree.ts'

/** A stage with the template that packaging makes of it. */
export interface PackagedStage {
  readonly stage: Stage
  readonly template: Json
}

const dev = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'stages', 'dev.json'), 'utf8'),
)
type ClientFields = Readonly<Record<string, unknown>>
const [web, phone]: readonly ClientFields[] = dev.clients
const { userPoolId: _, ...undescribed } = web ?? {}

/** Stages that differ in whatever the template depends on. */
const stages: Readonly<Record<string, object>> = {
  example: dev,
  everything: {
    ...dev,
    ...{ evidenceTable: true, diagnoseDomain: true, runbookUrl: 'https://docs.example/runbook' },
    clients: [
      ...dev.clients,
      {
        ...web,
        name: 'elsewhere',
        clientId: '9elsewhere0client0example0',
        secretId: 'token-proxy/dev/elsewhere',
        domain: 'https://token-proxy-dev.auth.us-east-1.amazoncognito.com',
        userPoolId: 'us-east-1_Pz8Qy3LmN',
      },
    ],
  },
  'no-origin': { ...dev, clients: [phone], doctorSchedule: false },
  'no-pool': { ...dev, clients: [undescribed], service: 'sign-in' },
}

/** Packages every stage, one after the other, as `npm run package` does. */
export async function packageStages(): Promise<Readonly<Record<string, PackagedStage>>> {
  const project = copyProject()
  const packaged: Record<string, PackagedStage> = {}
  try {
    for (const [name, fields] of Object.entries(stages)) {
      const parsed = parseStage(fields, name)
      assert.ok(parsed.ok, JSON.stringify(parsed))
      project.writeStage(name, fields)
      const { code, output } = await project.run('package', '--stage', name)
      assert.equal(code, 0, output)
      const template: unknown = project.readTemplate()
      packaged[name] = { stage: parsed.stage, template: template as Json }
    }
  } finally {
    project.remove()
  }
  return packaged
}
