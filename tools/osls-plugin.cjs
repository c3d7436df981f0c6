// osls reads CommonJS; what it does with the template is written in TypeScript.
module.exports = class {
  constructor({ service }) {
    this.hooks = {
      // The template is whole by then, and not yet written.
      'after:aws:package:finalize:mergeCustomProviderResources': async () => {
        const order = await import('../infra/resource-order.ts')
        const template = service.provider.compiledCloudFormationTemplate
        template.Resources = order.dropEnforcedDependencies(
          order.addRouteDependencies(template.Resources),
        )
      },
    }
  }
}
