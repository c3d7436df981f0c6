// osls reads CommonJS; what it does with the template and with the stack is written in TypeScript.
const steer = async (serverless, stageName, pluginName) => {
  const { steerByStage } = await import('./deploy/steer.ts')
  const log = require('osls/lib/utils/serverless-utils/log')
  const { plugins } = serverless.pluginManager
  steerByStage(
    plugins.find((plugin) => plugin.constructor.name === pluginName),
    {
      stageName,
      isInteractive: Boolean(log.isInteractive),
      clearProgress: () => log.progress.clear(),
      toError: (message) => new serverless.classes.Error(message, 'DEPLOYMENT_STOPPED'),
    },
  )
}

/**
 * CloudFormation deletes no bucket that holds something. osls empties its own only after it has found the stack
 * unprotected; that of the site goes with it.
 */
function emptySiteFirst({ pluginManager, classes }, stage) {
  const remove = pluginManager.plugins.find((plugin) => plugin.constructor.name === 'AwsRemove')
  const emptyOwnBucket = remove.emptyS3Bucket
  remove.emptyS3Bucket = async () => {
    const { beforeRemoval } = await import('./deploy/before-removal.ts')
    try {
      await beforeRemoval(stage)
    } catch (thrown) {
      throw new classes.Error(thrown.message, 'REMOVAL')
    }
    await emptyOwnBucket.call(remove)
  }
}

module.exports = class {
  constructor(serverless, { stage }) {
    const { service } = serverless
    this.hooks = {
      // By then osls has merged the template of infra/ into its own, and not yet written it.
      'after:aws:package:finalize:mergeCustomProviderResources': async () => {
        const { finishCompiled } = await import('./deployment.ts')
        const { provider } = service
        provider.compiledCloudFormationTemplate = finishCompiled(
          stage,
          provider.compiledCloudFormationTemplate,
        )
      },
      'before:remove:remove': () => emptySiteFirst(serverless, stage),
      'before:aws:deploy:deploy:updateStack': async () => {
        const { toStackParameters } = await import('./deploy/parameters.ts')
        const { provider } = service
        provider.stackParameters = toStackParameters(provider.compiledCloudFormationTemplate)
        await steer(serverless, stage, 'AwsDeploy')
      },
      // A stored template does not say which keys of the edge are accepted: what is accepted now stays.
      'before:rollback:rollback': async () => {
        const { keepStackParameters } = await import('./deploy/parameters.ts')
        const { provider } = service
        const aws = serverless.getProvider('aws')
        provider.stackParameters = await keepStackParameters(
          aws.getRegion(),
          aws.naming.getStackName(),
        )
        await steer(serverless, stage, 'AwsRollback')
      },
    }
  }
}
