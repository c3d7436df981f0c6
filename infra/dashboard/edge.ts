import { edgeRegion } from '../edge/problems.ts'
import { webAclRules } from '../edge/web-acl.ts'
import { toEdgeStackName } from '../physical-names.ts'
import type { Stage } from '../stage.ts'
import { toAwsLine } from './line.ts'
import { type Content, toGraph } from './widget.ts'

/** Draws what the web ACL in front blocks, by its rules. It is counted in us-east-1, wherever the stage is. */
export function toEdgeGraph(stage: Stage): Content {
  const WebACL = toEdgeStackName(stage.name)
  const rules = Object.values(webAclRules)
  return toGraph({
    title: 'CloudFront: requests that the web ACL blocks, by its rules',
    unit: 'Count',
    lines: rules.map((Rule) =>
      toAwsLine(
        'AWS/WAFV2',
        'BlockedRequests',
        { Rule, WebACL },
        { label: Rule, region: edgeRegion },
      ),
    ),
  })
}
