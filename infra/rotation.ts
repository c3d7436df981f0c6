import { overlapStays } from '../core/rotation/event.ts'
import { rotateTimeoutSeconds } from '../core/rotation/limits.ts'
import { toSecretId, toTargets } from '../core/rotation/target.ts'
import type { FunctionPlan } from './functions.ts'
import { toFunctionId, toRoleId } from './logical-ids.ts'
import type { Resource } from './resource.ts'
import type { Stage } from './stage.ts'

/** How often overlaps that are over are ended, and what is lost or late is noticed. */
const overlapEverySeconds = 3600
const mayRotateId = 'RotateLambdaPermissionSecretsManager'

/** Whether the stage lets Secrets Manager replace secrets. */
export function isRotating({ rotateSecretsDays }: Pick<Stage, 'rotateSecretsDays'>): boolean {
  return rotateSecretsDays > 0
}

/** Plans the function that rotates secrets; undefined where none rotates. */
export function planRotation(stage: Stage): FunctionPlan | undefined {
  if (!isRotating(stage)) return undefined
  return {
    timeoutSeconds: rotateTimeoutSeconds,
    memoryMb: 256,
    // One rotation may wait for minutes; another secret's need not wait for it.
    reservedConcurrency: 2,
    schedule: {
      rate: `${overlapEverySeconds / 3600} hour`,
      event: stage.endOverlap === 'next-rotation' ? overlapStays : undefined,
    },
    // Secrets Manager repeats a step, and the schedule comes again.
    unawaited: { maximumRetryAttempts: 0, maximumEventAgeSeconds: overlapEverySeconds },
    remembersUses: false,
    readsCookieKey: stage.settings.cookieKeySecret !== '',
    asksAws: true,
    rotates: true,
  }
}

/**
 * Makes what Secrets Manager needs to rotate every secret of the stage on a schedule, and a policy on each secret
 * that keeps other accounts out. The secrets themselves are not part of the stack, so that no change of it can
 * replace one. None where nothing rotates.
 */
export function toRotationResources(stage: Stage): Readonly<Record<string, Resource>> {
  if (!isRotating(stage)) return {}
  const secretIds = [...new Set(toTargets(stage.settings).map(toSecretId))]
  const ofSecrets = secretIds.flatMap((secretId, index) => [
    [`RotationSchedule${index + 1}`, toSchedule(secretId, stage)] as const,
    [`SecretPolicy${index + 1}`, toSecretPolicy(secretId)] as const,
  ])
  return { [mayRotateId]: mayRotate, ...Object.fromEntries(ofSecrets) }
}

/** Only Secrets Manager of this account may ask for a step. */
const mayRotate: Resource = {
  Type: 'AWS::Lambda::Permission',
  Properties: {
    Action: 'lambda:InvokeFunction',
    FunctionName: { 'Fn::GetAtt': [toFunctionId('rotate'), 'Arn'] },
    Principal: 'secretsmanager.amazonaws.com',
    SourceAccount: { Ref: 'AWS::AccountId' },
  },
}

function toSchedule(secretId: string, stage: Stage): Resource {
  return {
    Type: 'AWS::SecretsManager::RotationSchedule',
    // Secrets Manager tries to invoke the function when the schedule is made.
    DependsOn: [mayRotateId, toRoleId('rotate')],
    Properties: {
      SecretId: secretId,
      RotationLambdaARN: { 'Fn::GetAtt': [toFunctionId('rotate'), 'Arn'] },
      // A deployment must not replace a secret by the way.
      RotateImmediatelyOnUpdate: false,
      RotationRules: {
        AutomaticallyAfterDays: stage.rotateSecretsDays,
        Duration: `${stage.rotationWindowHours}h`,
      },
    },
  }
}

/** @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html */
function toSecretPolicy(secretId: string): Resource {
  return {
    Type: 'AWS::SecretsManager::ResourcePolicy',
    Properties: {
      SecretId: secretId,
      BlockPublicPolicy: true,
      ResourcePolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'NoOtherAccount',
            Effect: 'Deny',
            Principal: '*',
            Action: 'secretsmanager:*',
            Resource: '*',
            Condition: {
              StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } },
              // Secrets Manager itself acts for the account when it rotates.
              Bool: { 'aws:PrincipalIsAWSService': 'false' },
            },
          },
        ],
      },
    },
  }
}
