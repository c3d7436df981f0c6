import type { Resource } from '../resource.ts'

/** Where every alarm reports that it fired; to read when there is time. */
export const noticesTopicId = 'AlarmNotices'

/** Where only pages go, and their end; to page an operator. */
export const pagesTopicId = 'AlarmPages'

/**
 * Makes both topics, which only this stack's alarms can publish to, and subscribes each address to both.
 * Without a key of the stage they are not encrypted with a KMS key: messages contain names of alarms and causes and
 * nothing secret, and CloudWatch cannot publish to a topic with the default key of SNS.
 */
export function toTopics(
  emails: readonly string[],
  kmsKey?: string,
): Readonly<Record<string, Resource>> {
  const topics = [noticesTopicId, pagesTopicId]
  const Properties = kmsKey === undefined ? {} : { KmsMasterKeyId: kmsKey }
  return Object.fromEntries([
    ...topics.map((id) => [id, { Type: 'AWS::SNS::Topic', Properties }]),
    ...topics.map((id) => [`${id}Policy`, toPolicy(id)]),
    ...topics.flatMap((id) => emails.map((email) => toSubscription(id, email))),
  ])
}

function toPolicy(topicId: string): Resource {
  return {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: topicId }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: { Ref: topicId },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: { 'aws:SourceArn': ownAlarms },
            },
          },
        ],
      },
    },
  }
}

const ownAlarms = {
  'Fn::Sub': `arn:\${AWS::Partition}:cloudwatch:\${AWS::Region}:\${AWS::AccountId}:alarm:\${AWS::StackName}-*`,
}

/**
 * Named after its address, so that adding or removing one leaves the others unchanged: a new subscription
 * must be confirmed again.
 */
function toSubscription(topicId: string, email: string): readonly [string, Resource] {
  const id = email.replace(/[^A-Za-z0-9]/g, (sign) => `X${sign.charCodeAt(0).toString(16)}`)
  return [
    `${topicId}To${id}`,
    {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: topicId }, Protocol: 'email', Endpoint: email },
    },
  ]
}
