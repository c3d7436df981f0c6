import { causes } from '../../core/causes/catalogue.ts'
import { formLimits } from '../../core/form.ts'
import type { Resource } from '../resource.ts'

/** A retry sooner than this meets the same limit: the web ACL counts over five minutes. */
const retryAfterSeconds = 60
const windowSeconds = 300

/** The names of the rules, which are also those of their metrics. */
export const webAclRules = {
  rate: 'requests-per-address',
  reputation: 'address-reputation',
  bodySize: 'body-size',
} as const

/**
 * Makes the web ACL of the distribution: a limit for each address, the addresses that AWS knows as malicious, and the
 * proxy's own limit of a body. What inspects bodies and queries for attacks is left out: codes, tokens and redirect
 * URIs look like such attacks, and nothing behind interprets them.
 */
export function toWebAcl(name: string, requestsPerFiveMinutes: number): Resource {
  return {
    Type: 'AWS::WAFv2::WebACL',
    Properties: {
      Name: name,
      Scope: 'CLOUDFRONT',
      DefaultAction: { Allow: {} },
      VisibilityConfig: toVisibility(name),
      CustomResponseBodies: {
        rate: toBody('proxy_overloaded'),
        bodySize: toBody('body_too_large'),
      },
      Rules: [
        toRateRule(requestsPerFiveMinutes),
        {
          Name: webAclRules.reputation,
          Priority: 1,
          Statement: {
            ManagedRuleGroupStatement: {
              VendorName: 'AWS',
              Name: 'AWSManagedRulesAmazonIpReputationList',
            },
          },
          OverrideAction: { None: {} },
          VisibilityConfig: toVisibility(webAclRules.reputation),
        },
        bodySizeRule,
      ],
    },
  }
}

/** A sample would show cookies and queries of users to whoever may look at the web ACL. */
function toVisibility(metric: string) {
  return { CloudWatchMetricsEnabled: true, MetricName: metric, SampledRequestsEnabled: false }
}

/** The answer that the proxy itself would give: OAuth clients understand it. */
function toBody(cause: 'proxy_overloaded' | 'body_too_large') {
  const { error, description } = causes[cause]
  return {
    ContentType: 'APPLICATION_JSON',
    Content: JSON.stringify({ error, error_description: description }),
  }
}

/** With `retry-after`, so that an OAuth client tries again instead of giving up. */
function toRateRule(limit: number) {
  return {
    Name: webAclRules.rate,
    Priority: 0,
    Statement: {
      RateBasedStatement: {
        Limit: limit,
        EvaluationWindowSec: windowSeconds,
        AggregateKeyType: 'IP',
      },
    },
    Action: {
      Block: {
        CustomResponse: {
          ResponseCode: causes.proxy_overloaded.status,
          CustomResponseBodyKey: 'rate',
          ResponseHeaders: [
            { Name: 'retry-after', Value: String(retryAfterSeconds) },
            { Name: 'cache-control', Value: 'no-store' },
          ],
        },
      },
    },
    VisibilityConfig: toVisibility(webAclRules.rate),
  }
}

/** The web ACL of a distribution sees the first 16 KiB of a body, which is the limit itself. */
const bodySizeRule = {
  Name: webAclRules.bodySize,
  Priority: 2,
  Statement: {
    SizeConstraintStatement: {
      FieldToMatch: { Body: { OversizeHandling: 'MATCH' } },
      ComparisonOperator: 'GT',
      Size: formLimits.bodyBytes,
      TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    },
  },
  Action: {
    Block: {
      CustomResponse: {
        ResponseCode: causes.body_too_large.status,
        CustomResponseBodyKey: 'bodySize',
        ResponseHeaders: [{ Name: 'cache-control', Value: 'no-store' }],
      },
    },
  },
  VisibilityConfig: toVisibility(webAclRules.bodySize),
}
