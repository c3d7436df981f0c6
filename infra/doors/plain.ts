import { type Template, toTemplate } from '../deployment.ts'
import { digestsParameter } from '../edge/digests.ts'
import type { BuiltName } from '../functions.ts'
import { serviceName, toStackName } from '../physical-names.ts'
import type { Stage } from '../stage.ts'

/** A template that any tool can deploy which knows CloudFormation. */
export interface PlainTemplate extends Template {
  readonly AWSTemplateFormatVersion: '2010-09-09'
  readonly Parameters: Readonly<Record<string, unknown>>
}

/** The zip of a function. */
export interface Zip {
  /** Its name must change with its content, or CloudFormation keeps the old code. */
  readonly file: string
  /** Tells one code of the function from another. */
  readonly digest: string
}

/** The name of the template's file, beside the zips. */
export const plainTemplateFile = 'template.json'

const parameters = {
  CodeBucket: {
    Type: 'String',
    Description: 'The bucket that has the zips of the functions, in the Region of the stack.',
  },
  CodePrefix: {
    Type: 'String',
    Default: '',
    Description: 'What the keys of the zips begin with, such as "token-proxy/".',
  },
}

/** Makes the template for everything but osls: it has no bucket of its own, and finds the zips by its parameters. */
export function toPlainTemplate(stage: Stage, toZip: (name: BuiltName) => Zip): PlainTemplate {
  const template = toTemplate(
    stage,
    (name) => ({
      S3Bucket: { Ref: 'CodeBucket' },
      S3Key: { 'Fn::Sub': `\${CodePrefix}${toZip(name).file}` },
    }),
    (name) => toZip(name).digest,
  )
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    ...template,
    Parameters: { ...parameters, ...template.Parameters },
  }
}

/** Names the zip of a function after what it holds. */
export function toZipFile(name: BuiltName, sha256: string): string {
  return `${name}-${sha256.slice(0, 16)}.zip`
}

/**
 * Writes the calls of the AWS CLI that deploy the plain template; BUCKET stands for the name of a bucket, and DIGEST for
 * that of the key of an edge, without which the stack cannot be made.
 *
 * @param folder where the template and the zips are
 */
export function toPlainCommands(
  { name: stageName, region, tags, edge }: Pick<Stage, 'name' | 'region' | 'tags' | 'edge'>,
  folder: string,
): readonly string[] {
  const digest = edge === 'required' ? ` ${digestsParameter}=DIGEST` : ''
  const tagWords = Object.entries(tags).map(([name, value]) => `'${name}=${value}'`)
  return [
    `aws s3 cp ${folder} s3://BUCKET/${serviceName}/ --recursive --exclude ${plainTemplateFile} --region ${region}`,
    [
      `aws cloudformation deploy --stack-name ${toStackName(stageName)} --region ${region}`,
      `--template-file ${folder}/${plainTemplateFile} --s3-bucket BUCKET --s3-prefix ${serviceName}`,
      '--capabilities CAPABILITY_IAM',
      `--parameter-overrides CodeBucket=BUCKET CodePrefix=${serviceName}/${digest}`,
      ...(tagWords.length === 0 ? [] : [`--tags ${tagWords.join(' ')}`]),
    ].join(' \\\n  '),
  ]
}
