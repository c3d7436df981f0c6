import type { Resource } from '../../infra/resource.ts'
import { toCode, toTable } from '../../runbook/markdown.ts'
import { ofType, type Resources, toWords } from './reviewed-stack.ts'

type Properties = Resource['Properties']

/** How each kind of stored data is encrypted, and how long it stays. */
const keepers: Readonly<
  Record<
    string,
    {
      readonly key: (of: Properties) => unknown
      readonly stays: (of: Properties) => string
      /** Left out where the template says it. */
      readonly afterwards?: string
    }
  >
> = {
  'AWS::Logs::LogGroup': {
    key: ({ KmsKeyId }) => KmsKeyId,
    stays: ({ RetentionInDays }) => `each line for ${String(RetentionInDays)} days`,
  },
  'AWS::DynamoDB::Table': {
    key: ({ SSESpecification }) =>
      Object(SSESpecification)['KMSMasterKeyId'] ?? 'the KMS key of AWS for DynamoDB',
    stays: () => 'each digest for less than a day',
  },
  'AWS::S3::Bucket': {
    key: () => undefined,
    stays: ({ LifecycleConfiguration }) => {
      const [days] = toRules(LifecycleConfiguration).flatMap((rule) => rule.ExpirationInDays ?? [])
      return days === undefined
        ? 'the pages of the docs'
        : `each report of the canary for ${days} days`
    },
  },
  'AWS::Synthetics::Canary': {
    key: () => undefined,
    stays: () => 'its log, in a log group that Synthetics makes and that does not expire by itself',
    afterwards: 'stays',
  },
  'AWS::SNS::Topic': {
    key: ({ KmsMasterKeyId }) => KmsMasterKeyId ?? 'no KMS key',
    stays: () => 'nothing: messages are delivered',
  },
  'AWS::Lambda::Function': {
    key: ({ KmsKeyArn }) => KmsKeyArn,
    stays: () => 'the settings, until the next deployment; they name secrets and contain none',
  },
}

function toRules(lifecycle: unknown): readonly { readonly ExpirationInDays?: number }[] {
  return Object(lifecycle)['Rules'] ?? []
}

/** Writes what is stored where, encrypted with which key, and for how long. */
export function toSafekeepingTable(resources: Resources): string {
  const rows = Object.entries(keepers).flatMap(([type, { key, stays, afterwards }]) =>
    ofType(resources, type).map(([id, properties]) => {
      const own = key(properties)
      return [
        toCode(id),
        own === undefined ? 'a key that AWS keeps' : toWords(own).replace(/^arn:.*$/, 'your key'),
        stays(properties),
        afterwards ??
          (resources[id]?.DeletionPolicy === 'Retain' ? 'stays' : 'is deleted with the stack'),
      ]
    }),
  )
  return toTable(['where', 'encrypted with', 'keeps', 'afterwards'], rows)
}
