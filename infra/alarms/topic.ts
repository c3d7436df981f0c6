import type { Resource } from '../resource.ts'

/** Where every alarm tells that it has gone off; to be read when there is time. */
export const noticesTopicId = 'AlarmNotices'

/** Where only pages go, and what they were about is over; to wake somebody. */
export const pagesTopicId = 'AlarmPages'

/**
 * Both topics, closed to everybody but this stack's alarms, with a subscription of each address to both.
 * They are not encrypted with a key: messages name alarms and causes and nothing that is secret, and
 * CloudWatch could not publish under the default key of SNS.
 */
export function toTopics(emails: readonly string[]): Readonly<Record<string, Resource>> {
  const topics = [noticesTopicId, pagesTopicId]
  return Object.fromEntries([
    ...topics.map((id) => [id, { Type: 'AWS::SNS::Topic', Properties: {} }]),
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
 * Named after its address, so that adding or removing one leaves the others alone: a subscription that
 * is made anew has to be confirmed anew.
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
