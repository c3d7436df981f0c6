import { toCode, toTable } from '../../runbook/markdown.ts'
import { ofType, type Resources, toCodes, toWords } from './reviewed-stack.ts'

interface Statement {
  readonly Effect: string
  readonly Principal?: unknown
  readonly Action: unknown
  readonly Resource?: unknown
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

interface Policy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] }
}

/** Writes what each role may do: one row for each statement, and nothing beside it is allowed. */
export function toRoleTable(resources: Resources): string {
  const rows = ofType(resources, 'AWS::IAM::Role').flatMap(([id, properties]) =>
    listStatements(properties['Policies']).map((statement) => [
      toCode(id),
      toCodes(statement.Action),
      toCodes(statement.Resource),
      toCondition(statement),
    ]),
  )
  return toTable(['role', 'may', 'on', 'only if'], rows)
}

/** Writes what others may do with the resources of the stack, as the resources themselves say it. */
export function toGuestTable(resources: Resources): string {
  const invoked = ofType(resources, 'AWS::Lambda::Permission').map(([, properties]) => [
    toCode(toWords(properties['Principal'])),
    toCode('lambda:InvokeFunction'),
    toCodes(properties['FunctionName']),
    toCodes(properties['SourceArn'] ?? properties['SourceAccount']),
  ])
  const assumed = ofType(resources, 'AWS::IAM::Role').map(([id, properties]) => {
    const [trust] = listStatements([{ PolicyDocument: properties['AssumeRolePolicyDocument'] }])
    return [toPrincipal(trust), toCode('sts:AssumeRole'), toCode(id), '']
  })
  const policies = ['AWS::SNS::TopicPolicy', 'AWS::S3::BucketPolicy']
  const others = ofType(resources, ...policies).flatMap(([, properties]) =>
    listStatements([properties]).map((statement) => [
      toPrincipal(statement),
      toMay(statement),
      toCodes(statement.Resource),
      toCondition(statement),
    ]),
  )
  const secrets = ofType(resources, 'AWS::SecretsManager::ResourcePolicy').flatMap(
    ([, { SecretId, ResourcePolicy }]) =>
      listStatements([{ PolicyDocument: ResourcePolicy }]).map((statement) => [
        toPrincipal(statement),
        toMay(statement),
        toCodes(SecretId),
        toCondition(statement),
      ]),
  )
  return toTable(['who', 'may', 'with', 'only if'], [...invoked, ...assumed, ...others, ...secrets])
}

function toMay({ Effect, Action }: Statement): string {
  return `${Effect === 'Deny' ? '**not** ' : ''}${toCodes(Action)}`
}

function listStatements(policies: unknown): readonly Statement[] {
  const all = (policies ?? []) as readonly Policy[]
  return all.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
}

function toPrincipal(statement: Statement | undefined): string {
  const principal = statement?.Principal
  return toCodes(typeof principal === 'string' ? principal : Object.values(Object(principal)))
}

function toCondition({ Condition = {} }: Statement): string {
  return Object.entries(Condition)
    .flatMap(([operator, tests]) =>
      Object.entries(tests).map(
        ([name, value]) => `${toCode(name)} ${operators[operator] ?? operator} ${toCodes(value)}`,
      ),
    )
    .join(' and ')
}

const operators: Readonly<Record<string, string>> = {
  ArnLike: 'is like',
  Bool: 'is',
  StringEquals: 'is',
  StringNotEquals: 'is not',
}
