import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { HttpApi, type IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import { type ITable, Table } from 'aws-cdk-lib/aws-dynamodb'
import { Role } from 'aws-cdk-lib/aws-iam'
import { Function as DeployedFunction, type IFunction } from 'aws-cdk-lib/aws-lambda'
import { Asset } from 'aws-cdk-lib/aws-s3-assets'
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns'
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include'
import { Aws, type CfnResource, Stack, Token } from 'aws-cdk-lib/core'
import { Construct } from 'constructs'
import { parseJson } from '../core/json.ts'
import { noticesTopicId, pagesTopicId } from '../infra/alarms/topic.ts'
import { listPlans } from '../infra/deployment.ts'
import { toFrontAddress } from '../infra/domain/address.ts'
import { toCdkTemplate } from '../infra/doors/cdk.ts'
import { digestsParameter } from '../infra/edge/digests.ts'
import { evidenceTableId } from '../infra/evidence-table.ts'
import type { BuiltName } from '../infra/functions.ts'
import { shiftParameter } from '../infra/gradual/code-deploy.ts'
import { toVersionDigest } from '../infra/gradual/versions.ts'
import { httpApiId, toFunctionId, toRoleId } from '../infra/logical-ids.ts'
import { toStackName } from '../infra/physical-names.ts'
import { isRotating } from '../infra/rotation.ts'
import { parseStage, type Stage } from '../infra/stage.ts'
import type { StageFields } from './stage-fields.ts'

/** What a deployment consists of: the fields of a stage, or the path of a stage file. */
export type TokenProxyProps = (
  | {
      /** The name of the stage: functions, log groups and alarms are called `token-proxy-NAME-…`. */
      readonly name: string
      /** The fields of a stage file. Every value must be known when the app is synthesized. */
      readonly stage: StageFields
    }
  | {
      /** By default, the name of the file without `.json`. */
      readonly name?: string
      /** The path of a stage file. */
      readonly stageFile: string
    }
) & {
  /** How the next version takes over, with `gradualDeployment`: `at-once` looks at no alarm. By default gradual. */
  readonly shift?: 'gradual' | 'at-once'
  /** What the parameter `EdgeKeyDigests` of the stack is elsewhere: needed with the `edge` `"required"`. */
  readonly edgeKeyDigests?: string
}

/** The functions of a deployment; `rotate` is there only where secrets rotate. */
export interface TokenProxyFunctions {
  readonly oauth2: IFunction
  readonly metadata: IFunction
  readonly doctor: IFunction
  readonly rotate?: IFunction
}

/** The token proxy as a part of an app: the same resources as `npm run deploy` makes, but for its bucket. */
export class TokenProxy extends Construct {
  /** The address that front ends call, without a path. */
  readonly url: string
  readonly api: IHttpApi
  /** Where every alarm reports that it fired. */
  readonly notices: ITopic
  /** Where only pages go. */
  readonly pages: ITopic
  readonly functions: TokenProxyFunctions
  readonly dashboardName: string
  /** The table of `evidenceTable`. */
  readonly evidenceTable?: ITable
  private readonly included: CfnInclude

  /** @throws Error that names everything that is wrong with the stage */
  constructor(scope: Construct, id: string, props: TokenProxyProps) {
    super(scope, id)
    const stage = readStage(props, Stack.of(this))
    this.included = include(this, stage, props)
    const api = this.included.getResource(httpApiId)
    const apiEndpoint = api.getAtt('ApiEndpoint').toString()
    this.api = HttpApi.fromHttpApiAttributes(this, 'Api', { httpApiId: api.ref, apiEndpoint })
    this.url = toFrontAddress(stage) ?? apiEndpoint
    this.notices = Topic.fromTopicArn(
      this,
      'Notices',
      this.included.getResource(noticesTopicId).ref,
    )
    this.pages = Topic.fromTopicArn(this, 'Pages', this.included.getResource(pagesTopicId).ref)
    this.functions = {
      ...{ oauth2: this.toFunction('oauth2'), metadata: this.toFunction('metadata') },
      doctor: this.toFunction('doctor'),
      ...(isRotating(stage) && { rotate: this.toFunction('rotate') }),
    }
    this.dashboardName = `${toStackName(stage.name)}-${Aws.REGION}`
    if (stage.evidenceTable) {
      const { ref } = this.included.getResource(evidenceTableId)
      this.evidenceTable = Table.fromTableName(this, 'EvidenceTable', ref)
    }
  }

  /** Gives any resource by its logical id in `npm run package`'s template, to change what no field changes. */
  getResource(logicalId: string): CfnResource {
    return this.included.getResource(logicalId)
  }

  private toFunction(name: BuiltName): IFunction {
    const toArn = (logicalId: string) =>
      this.included.getResource(logicalId).getAtt('Arn').toString()
    return DeployedFunction.fromFunctionAttributes(this, `Function-${name}`, {
      functionArn: toArn(toFunctionId(name)),
      role: Role.fromRoleArn(this, `Role-${name}`, toArn(toRoleId(name))),
      sameEnvironment: true,
    })
  }
}

/** The names of a stack are those of its stages, and every stage has its own. */
const namesOfStacks = new WeakMap<Stack, Set<string>>()

function readStage(props: TokenProxyProps, stack: Stack): Stage {
  const [name, given] =
    'stageFile' in props
      ? [props.name ?? basename(props.stageFile, '.json'), readFile(props.stageFile)]
      : [props.name, props.stage]
  const regionOfStack = Token.isUnresolved(stack.region) ? {} : { region: stack.region }
  const fields = typeof given === 'object' ? { ...regionOfStack, ...given } : given
  const parsed = parseStage(fields, name)
  const names = namesOfStacks.get(stack) ?? new Set()
  const problems = [
    ...(/^[a-z][a-z0-9-]{0,31}$/.test(name)
      ? []
      : ['name must consist of lower-case letters, digits and hyphens, and begin with a letter']),
    ...(names.has(name) ? [`the stack has a token proxy of the name ${name} already`] : []),
    ...findTokens(fields),
    ...(Object.hasOwn(Object(fields), 'replicaOf')
      ? ['replicaOf is for npm run deploy alone: give the construct every field']
      : []),
    ...(parsed.ok ? findForeignRegion(parsed.stage, stack) : parsed.problems),
    ...(parsed.ok && parsed.stage.edge === 'required' && props.edgeKeyDigests === undefined
      ? ['edge needs the property edgeKeyDigests of the construct']
      : []),
  ]
  if (!parsed.ok || problems.length > 0) {
    throw new Error(`The token proxy ${name} cannot be made:\n- ${problems.join('\n- ')}`)
  }
  namesOfStacks.set(stack, names.add(name))
  if (parsed.stage.canaryEveryMinutes === 0) return parsed.stage
  return { ...parsed.stage, canaryScript: readFileSync(join(packageFolder, 'canary.js'), 'utf8') }
}

function readFile(path: string): unknown {
  return parseJson(readFileSync(path, 'utf8'))
}

function findForeignRegion({ region }: Stage, stack: Stack): readonly string[] {
  const isOwn = Token.isUnresolved(stack.region) || stack.region === region
  return isOwn ? [] : [`region is ${region}, and the stack is in ${stack.region}`]
}

/** The settings are checked before anything is deployed, so that nothing is that the functions would refuse. */
function findTokens(value: unknown, path = ''): readonly string[] {
  if (typeof value === 'object' && value !== null && !Token.isUnresolved(value)) {
    return Object.entries(value).flatMap(([name, item]) =>
      findTokens(item, path === '' ? name : `${path}.${name}`),
    )
  }
  return Token.isUnresolved(value)
    ? [
        `${path} is only known after the deployment: write its value, such as the id of the user pool`,
      ]
    : []
}

/** The built functions are beside this file, where it is installed. */
const packageFolder = import.meta.dirname

/** Packing wrote it down, so that nothing has to be read again. */
function toCodeDigest(name: BuiltName): string {
  return String(Object(readFile(join(packageFolder, 'digests.json')))[name])
}

/** Includes the template, whose resources get logical ids below the construct, with the zips as assets. */
function include(scope: Construct, stage: Stage, props: TokenProxyProps): CfnInclude {
  const { shift = 'gradual', edgeKeyDigests } = props
  const edgeKeys = stage.edge === 'required' ? (edgeKeyDigests ?? '') : undefined
  const template = toCdkTemplate(stage, (name) => toVersionDigest(toCodeDigest(name), edgeKeys))
  const parameters = { [shiftParameter]: shift, [digestsParameter]: edgeKeys }
  const known = Object.keys(template.Parameters ?? {})
  const folder = mkdtempSync(join(tmpdir(), 'token-proxy-'))
  const templateFile = join(folder, 'template.json')
  writeFileSync(templateFile, JSON.stringify(template))
  const included = new CfnInclude(scope, 'Stack', {
    templateFile,
    preserveLogicalIds: false,
    parameters: Object.fromEntries(
      Object.entries(parameters).filter(([name]) => known.includes(name)),
    ),
  })
  rmSync(folder, { recursive: true })
  for (const [name] of listPlans(stage)) {
    const path = join(packageFolder, 'functions', name)
    const code = new Asset(scope, `Code-${name}`, { path })
    included.getResource(toFunctionId(name)).addPropertyOverride('Code', {
      S3Bucket: code.s3BucketName,
      S3Key: code.s3ObjectKey,
    })
  }
  return included
}
