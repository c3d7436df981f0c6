import type { Resource } from './resource.ts'

/** What a role allows. */
export interface Statement {
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: readonly unknown[]
  readonly Condition?: Readonly<Record<string, unknown>>
}

/** Makes a statement of a role. */
export function allow(actions: readonly string[], resources: readonly unknown[]): Statement {
  return { Effect: 'Allow', Action: actions, Resource: resources }
}

/** Makes a role that one service alone can assume, and that can do what its statements say and nothing else. */
export function toServiceRole(service: string, statements: readonly Statement[]): Resource {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
      },
      Policies: [
        {
          PolicyName: 'own-needs',
          PolicyDocument: { Version: '2012-10-17', Statement: statements },
        },
      ],
    },
  }
}
