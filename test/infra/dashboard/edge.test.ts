import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toDashboardBody } from '../../../infra/dashboard/dashboard.ts'
import { toEdgeTemplate } from '../../../infra/edge/template.ts'
import { parseStage, type Stage } from '../../../infra/stage.ts'
import { edgedFields } from '../../fixtures/infra/edged-stage.ts'

function toStage(edge: string): Stage {
  const parsed = parseStage({ ...edgedFields, edge }, 'dev')
  assert.ok(parsed.ok)
  return parsed.stage
}

const listLines = (stage: Stage) =>
  JSON.stringify(toDashboardBody(stage, {})).match(/\["AWS\/WAFV2".*?\}\]/g) ?? []

test('the dashboard of a stage with an edge shows what each rule of its web ACL blocks, where that is counted', () => {
  const stage = toStage('optional')
  const { WebAcl } = toEdgeTemplate(stage).Resources
  const { Rules, VisibilityConfig } = JSON.parse(JSON.stringify(WebAcl?.Properties))
  const expected = Rules.map(
    ({ VisibilityConfig: rule }: { VisibilityConfig: typeof VisibilityConfig }) =>
      JSON.stringify([
        ...['AWS/WAFV2', 'BlockedRequests', 'Rule', rule.MetricName],
        ...['WebACL', VisibilityConfig.MetricName],
        { label: rule.MetricName, region: 'us-east-1' },
      ]),
  )
  assert.equal(expected.length, 3)
  assert.deepEqual(listLines(stage), expected)
})

test('the dashboard of a stage without an edge says nothing of one', () => {
  assert.deepEqual(listLines(toStage('off')), [])
})
