import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toDeployment } from '../infra/deployment.ts'
import type { Resource } from '../infra/resource.ts'
import type { Stage } from '../infra/stage.ts'
import { readStage } from './stage-file.ts'
import { measureWatching } from './watching-bill.ts'
import { toBillPage } from './watching-bill-page.ts'
import { type Standing, toStanding } from './watching-prices.ts'

const page = join(import.meta.dirname, '..', 'docs', 'watching-bill.md')
const exchanges = 100_000

/** The stage whose bill is written down: the example that everybody begins with. */
export function readBilledStage(): Stage {
  const read = readStage('dev')
  if (!read.ok) throw new Error(read.problems.join('; '))
  return read.stage
}

/** What watches in the stack of a stage. */
export function countStanding(stage: Stage): Standing {
  const { Resources: resources } = toDeployment(stage, {
    oauth2: [],
    metadata: [],
    doctor: [],
  }).resources
  return toStanding(Object.values(resources as Readonly<Record<string, Resource>>))
}

if (process.argv[1] === import.meta.filename) {
  const stage = readBilledStage()
  const { settings } = stage
  const measured = measureWatching(settings, exchanges)
  const standing = countStanding(stage)
  writeFileSync(page, toBillPage({ measured, standing, clients: settings.clients.size }))
  console.log('wrote docs/watching-bill.md')
}
