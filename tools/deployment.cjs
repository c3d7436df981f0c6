// osls reads CommonJS; what serverless.yml asks of this file is written in TypeScript.
module.exports = async ({ options }) =>
  (await import('./deployment.ts')).readDeployment(options.stage)
