import { type Template, toTemplate } from '../deployment.ts'
import type { BuiltName } from '../functions.ts'
import { toStackName } from '../physical-names.ts'
import type { Stage } from '../stage.ts'

/**
 * Makes the template that the CDK construct includes. A stack of the CDK has a name and contents of its own, so
 * everything is named after the stage instead: that leaves alarms, dashboard and queries with the names that they have
 * in a stack of their own, and lets one stack have several stages.
 *
 * @param toDigest tells one code of a function from another
 */
export function toCdkTemplate(stage: Stage, toDigest: (name: BuiltName) => string): Template {
  const name = toStackName(stage.name)
  // The construct puts an asset here. The language of templates refuses a function without code.
  const template = toTemplate(stage, () => ({ S3Bucket: 'asset', S3Key: 'asset' }), toDigest)
  return JSON.parse(JSON.stringify(template).replaceAll(`\${AWS::StackName}`, name))
}
