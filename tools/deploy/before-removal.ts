import { readStage } from '../stage-file.ts'
import { clearSite } from './site.ts'

/** Empties what CloudFormation would not delete otherwise. */
export async function beforeRemoval(name: string): Promise<void> {
  const read = readStage(name)
  if (!read.ok) throw new Error(read.problems.join('; '))
  await clearSite({ name, stage: read.stage })
}
