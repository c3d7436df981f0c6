import {
  type AlarmPlan,
  generalRunbookPage,
  type LogicalId,
  notice,
  type PageName,
  toAlarmDescription,
  toAlarmId,
  toAlarmName,
} from './alarm.ts'
import { toJudgedMetric } from './alarm-terms.ts'
import { pagesTopicId } from './alarm-topic.ts'
import { toMetricReference } from './metric-reference.ts'
import type { Resource } from './resource.ts'

/** What each page says; which alarms are in it stands with the alarms. */
const pages = {
  operator: {
    meaning: 'Sign-ins fail by a fault of this deployment or of its user pool.',
    fix: 'Open the alarm that this one lists: it is named after the cause, and says what mends it.',
  },
  cognito: {
    meaning: 'Sign-ins fail because Cognito or Secrets Manager does not answer properly.',
    fix: "See AWS's health dashboard, and what the alarm says that this one lists; there may be nothing to do but to wait.",
  },
  security: {
    meaning: 'A front end leaks a secret, or somebody tries what the proxy lets through.',
    fix: 'Open the alarm that this one lists, and do what it says.',
  },
  unexplained: {
    meaning: 'Users suffer or the watch is blind, and no alarm of a cause says why.',
    fix: 'Open the alarm that this one lists, then the dashboard at the minute when it began.',
  },
} as const satisfies Readonly<Record<PageName, Pick<AlarmPlan, 'meaning' | 'fix'>>>

const suppressorName = 'deployment'

/** As long as a deployment may take, and what it upsets needs to come to rest. */
const deploymentMinutes = 10

/** Plans the alarm that is up during a deployment, and keeps every page silent meanwhile. */
export function planDeploymentAlarm(service: string): AlarmPlan {
  return {
    name: suppressorName,
    meaning: `A deployment began within the last ${deploymentMinutes} minutes; pages wait for its end.`,
    fix: 'None is needed.',
    ...notice,
    condition: {
      ...toJudgedMetric(toMetricReference(service, 'Deployments', {}), 'Sum', 60),
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 1,
      EvaluationPeriods: deploymentMinutes,
      DatapointsToAlarm: 1,
      TreatMissingData: 'notBreaching',
    },
  }
}

/** Makes every page that some alarm is in. */
export function toPages(
  plans: readonly AlarmPlan[],
  runbookUrl: string,
): Readonly<Record<LogicalId, Resource>> {
  const names = (Object.keys(pages) as readonly PageName[]).filter((name) =>
    plans.some(({ page }) => page === name),
  )
  return Object.fromEntries(
    names.map((name) => [
      toAlarmId('Page', name),
      toPage(
        name,
        plans.filter(({ page }) => page === name),
        runbookUrl,
      ),
    ]),
  )
}

function toPage(name: PageName, plans: readonly AlarmPlan[], runbookUrl: string): Resource {
  const topic = [{ Ref: pagesTopicId }]
  const description = { ...pages[name], runbookPage: generalRunbookPage }
  return {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: {
      AlarmName: toAlarmName(`page-${name}`),
      AlarmDescription: toAlarmDescription(description, runbookUrl),
      AlarmRule: { 'Fn::Sub': toRule(plans) },
      ActionsSuppressor: { 'Fn::GetAtt': [toAlarmId('Alarm', suppressorName), 'Arn'] },
      // The mark of a deployment takes a minute to be seen.
      ActionsSuppressorWaitPeriod: 60,
      // What failed for a moment when versions changed is over by then; what lasts pages.
      ActionsSuppressorExtensionPeriod: 300,
      AlarmActions: topic,
      OKActions: topic,
    },
  }
}

/** Any of them, but those that follow only while none of the pages is up that they follow from. */
function toRule(plans: readonly AlarmPlan[]): string {
  const groups = Map.groupBy(plans, ({ follows }) => follows.join())
  return [...groups.values()]
    .map((group) => {
      const any = toAny(group.map(({ name }) => toAlarmId('Alarm', name)))
      const leaders = (group[0]?.follows ?? []).map((name) => toAlarmId('Page', name))
      return leaders.length === 0 ? any : `(${any} AND NOT ${toAny(leaders)})`
    })
    .join(' OR ')
}

function toAny(ids: readonly LogicalId[]): string {
  return `(${ids.map((id) => `ALARM("\${${id}}")`).join(' OR ')})`
}
