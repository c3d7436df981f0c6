import { siteBucketId } from '../../infra/site/bucket.ts'
import { markDeployment } from '../deployment-mark.ts'
import { readStage } from '../stage-file.ts'
import { allowsReplacementVariable } from './flags.ts'
import { reviewChanges } from './review.ts'
import { clearSite } from './site.ts'

/** Reviews the change set that osls executes next, then marks the deployment. */
export async function beforeUpdate(
  stageName: string,
  changeSet: { readonly StackName: string; readonly ChangeSetName: string },
): Promise<void> {
  const read = readStage(stageName)
  if (!read.ok) throw new Error(read.problems.join('; '))
  const { region, settings } = read.stage
  const changes = await reviewChanges({
    ...{ region, changeSet, say: console.log },
    allowsReplacement: process.env[allowsReplacementVariable] === 'true',
  })
  if (changes.some(({ action, logicalId }) => action === 'Remove' && logicalId === siteBucketId)) {
    await clearSite({ name: stageName, stage: read.stage })
  }
  await markDeployment({ region, service: settings.service }, console.warn)
}
