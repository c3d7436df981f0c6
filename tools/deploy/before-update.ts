import { markDeployment } from '../deployment-mark.ts'
import { readStage } from '../stage-file.ts'
import { allowsReplacementVariable } from './flags.ts'
import { reviewChanges } from './review.ts'

/** Reviews the change set that osls executes next, then marks the deployment. */
export async function beforeUpdate(
  stageName: string,
  changeSet: { readonly StackName: string; readonly ChangeSetName: string },
): Promise<void> {
  const read = readStage(stageName)
  if (!read.ok) throw new Error(read.problems.join('; '))
  const { region, settings } = read.stage
  await reviewChanges({
    ...{ region, changeSet, say: console.log },
    allowsReplacement: process.env[allowsReplacementVariable] === 'true',
  })
  await markDeployment({ region, service: settings.service }, console.warn)
}
