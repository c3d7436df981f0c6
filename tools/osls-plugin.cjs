// osls reads CommonJS; what it does with the template is written in TypeScript.

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
      // A stored template does not say which keys of the edge are accepted: what is accepted now stays.
      'before:rollback:rollback': async () => {
        const { keepStackParameters } = await import('./deploy/parameters.ts')
        const { provider } = service
        const aws = serverless.getProvider('aws')
        provider.stackParameters = await keepStackParameters(
          aws.getRegion(),
          aws.naming.getStackName(),
        )
      },
      'before:remove:remove': () => emptySiteFirst(serverless, stage),
      // osls has no hook between making its change set and executing it, so the wait for it is extended:
      // what is reviewed is exactly what is executed.
      'before:aws:deploy:deploy:updateStack': async () => {
        const { beforeUpdate } = await import('./deploy/before-update.ts')
        const { toStackParameters } = await import('./deploy/parameters.ts')
        const { provider } = service
        provider.stackParameters = toStackParameters(provider.compiledCloudFormationTemplate)
        const { plugins } = serverless.pluginManager
        const deploy = plugins.find((plugin) => plugin.constructor.name === 'AwsDeploy')
        const waitForCreation = deploy.waitForChangeSetCreation
        deploy.waitForChangeSetCreation = async (ChangeSetName, StackName) => {
          const made = await waitForCreation.call(deploy, ChangeSetName, StackName)
          if (made.Status !== 'CREATE_COMPLETE') return made
          try {
            await beforeUpdate(stage, { StackName, ChangeSetName })
          } catch (thrown) {
            throw new serverless.classes.Error(thrown.message, 'DEPLOYMENT_REVIEW')
          }
          return made
        }
      },
    }
  }
}
