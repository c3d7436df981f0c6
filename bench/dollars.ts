/** One list price of AWS in us-east-1, without taxes, free tiers and discounts. */
export interface Price {
  readonly what: string
  /** USD for one of what is counted. */
  readonly usd: number
  /** The price as AWS writes it. */
  readonly listed: string
  readonly source: string
}

const million = 1_000_000

/** Every price that the sums use. They were known in early 2026; stored copies of the pages agree. */
export const prices = {
  lambdaRequest: {
    what: 'Lambda, a request',
    usd: 0.2 / million,
    listed: '0.20 a million',
    source: 'aws.amazon.com/lambda/pricing',
  },
  lambdaGbSecond: {
    what: 'Lambda, arm64, a GB-second',
    usd: 0.0000133334,
    listed: '0.0000133334',
    source: 'aws.amazon.com/lambda/pricing',
  },
  warmGbSecond: {
    what: 'Lambda, arm64, a provisioned GB-second',
    usd: 0.0000033334,
    listed: '0.0000033334',
    source: 'aws.amazon.com/lambda/pricing',
  },
  warmDurationGbSecond: {
    what: 'Lambda, arm64, a GB-second of an exchange in a provisioned sandbox',
    usd: 0.0000077778,
    listed: '0.0000077778',
    source: 'aws.amazon.com/lambda/pricing',
  },
  httpApiRequest: {
    what: 'HTTP API, a request',
    usd: 1 / million,
    listed: '1.00 a million, 0.90 from 300 million a month on',
    source: 'aws.amazon.com/api-gateway/pricing',
  },
  restApiRequest: {
    what: 'REST API, a request',
    usd: 3.5 / million,
    listed: '3.50 a million',
    source: 'aws.amazon.com/api-gateway/pricing',
  },
  cloudFrontRequest: {
    what: 'CloudFront, an HTTPS request',
    usd: 1 / million,
    listed: '0.0100 for 10,000',
    source: 'aws.amazon.com/cloudfront/pricing',
  },
  cloudFrontGb: {
    what: 'CloudFront, a GB to the internet',
    usd: 0.085,
    listed: '0.085',
    source: 'aws.amazon.com/cloudfront/pricing',
  },
  logGb: {
    what: 'CloudWatch Logs, a GB taken in',
    usd: 0.5,
    listed: '0.50',
    source: 'aws.amazon.com/cloudwatch/pricing',
  },
  outGb: {
    what: 'data transfer, a GB to the internet',
    usd: 0.09,
    listed: '0.09; the first 100 GB a month are free for every account',
    source: 'aws.amazon.com/ec2/pricing/on-demand',
  },
  secretCall: {
    what: 'Secrets Manager, a call',
    usd: 0.05 / 10_000,
    listed: '0.05 for 10,000',
    source: 'aws.amazon.com/secrets-manager/pricing',
  },
  secretMonth: {
    what: 'Secrets Manager, a secret for a month',
    usd: 0.4,
    listed: '0.40',
    source: 'aws.amazon.com/secrets-manager/pricing',
  },
  tableWrite: {
    what: 'DynamoDB, on demand, a write',
    usd: 0.625 / million,
    listed: '0.625 a million',
    source: 'aws.amazon.com/dynamodb/pricing/on-demand',
  },
  instanceHour: {
    what: 'Managed Instances, m7g.large with its fee of 15 %, an hour',
    usd: 0.0816 * 1.15,
    listed: '0.0816 and 15 %',
    source: 'aws.amazon.com/lambda/pricing, aws.amazon.com/ec2/pricing/on-demand',
  },
} as const satisfies Readonly<Record<string, Price>>

/** What one exchange takes, on average. */
export interface Exchange {
  readonly billedMs: number
  readonly memoryMb: number
  readonly logBytes: number
  readonly answerBytes: number
  readonly secretCalls: number
  readonly tableWrites: number
}

/** One part of a bill. */
export interface Part {
  readonly part: string
  readonly counted: string
  /** USD for a million exchanges. */
  readonly usd: number
}

/** What stands in front of the function. */
export type Front = 'HTTP API' | 'REST API' | 'function URL' | 'CloudFront, HTTP API'

const requestUsd: Readonly<Record<Front, number>> = {
  'HTTP API': prices.httpApiRequest.usd,
  'REST API': prices.restApiRequest.usd,
  'function URL': 0,
  'CloudFront, HTTP API': prices.httpApiRequest.usd + prices.cloudFrontRequest.usd,
}

const bytesPerGb = 1e9

/** Adds up what a million exchanges cost, part by part; Cognito's own price is not among them. */
export function toBill(exchange: Exchange, front: Front = 'HTTP API'): readonly Part[] {
  const { billedMs, memoryMb, logBytes, answerBytes, secretCalls, tableWrites } = exchange
  const gbSeconds = (billedMs / 1000) * (memoryMb / 1024)
  const outUsd = front.startsWith('CloudFront') ? prices.cloudFrontGb.usd : prices.outGb.usd
  const toPart = (part: string, counted: string, usd: number): Part => ({
    ...{ part, counted },
    usd: usd * million,
  })
  return [
    toPart(front, '1 request', requestUsd[front]),
    toPart('Lambda, requests', '1 request', prices.lambdaRequest.usd),
    toPart(
      'Lambda, duration',
      `${billedMs.toFixed(1)} ms of ${memoryMb} MB`,
      gbSeconds * prices.lambdaGbSecond.usd,
    ),
    toPart(
      'CloudWatch Logs',
      `${Math.round(logBytes)} bytes`,
      (logBytes / bytesPerGb) * prices.logGb.usd,
    ),
    toPart('data transfer', `${answerBytes} bytes`, (answerBytes / bytesPerGb) * outUsd),
    toPart(
      'Secrets Manager, calls',
      `${secretCalls.toFixed(5)} calls`,
      secretCalls * prices.secretCall.usd,
    ),
    ...(tableWrites === 0
      ? []
      : [toPart('DynamoDB', `${tableWrites} writes`, tableWrites * prices.tableWrite.usd)]),
  ]
}

/** Adds up the parts of a bill. */
export function toSum(parts: readonly Part[]): number {
  return parts.reduce((sum, { usd }) => sum + usd, 0)
}

const hoursPerMonth = 730
const secondsPerMonth = hoursPerMonth * 3600

/** What Managed Instances cost for a million exchanges at a rate: instances in place of duration. */
export function toInstanceUsd(instances: number, perSecond: number): number {
  const monthly = instances * prices.instanceHour.usd * hoursPerMonth
  return (monthly / (perSecond * secondsPerMonth)) * million
}

/** What sandboxes that wait warm cost in a month, without what they do. */
export function toWarmUsd(sandboxes: number, memoryMb: number): number {
  return sandboxes * (memoryMb / 1024) * secondsPerMonth * prices.warmGbSecond.usd
}

/** From this share of the time in use on, a provisioned sandbox costs less than one that is not. */
export function toLeastUse(): number {
  return prices.warmGbSecond.usd / (prices.lambdaGbSecond.usd - prices.warmDurationGbSecond.usd)
}
