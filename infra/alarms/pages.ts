import { toMetricReference } from '../metric-reference.ts'
import type { Resource } from '../resource.ts'
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
import { toJudgedMetric } from './terms.ts'
import { pagesTopicId } from './topic.ts'

/**
 * What each page says; which alarms are in it stands with the alarms. All that keeps users from signing in
 * is in one: an outage of some of the requests moves from cause to cause, and from page to page if there
 * were several. What may stand for days is apart, so that it hides no outage, and what is tried against the
 * proxy, so that no outage hides it.
 */
const pages = {
  'sign-ins': {
    meaning: 'Sign-ins or refreshes fail, or nobody watches them.',
    fix: 'Open the alarms that this one lists and that are up: one named after a cause says what mends it. If none is, see the dashboard at the minute when the first of them began.',
  },
  checks: {
    meaning:
      'Requests are slow, or the doctor finds settings that fail no exchange: what may stand for days, and hides no outage.',
    fix: 'Open the alarm that this one lists, and do what it says. It pages once; an outage that is under way explains it and goes first.',
  },
  security: {
    meaning: 'A front end leaks a secret, or somebody tries what the proxy lets through.',
    fix: 'Open the alarm that this one lists, and do what it says.',
  },
} as const satisfies Readonly<Record<PageName, Pick<AlarmPlan, 'meaning' | 'fix'>>>

const deploymentName = 'deployment'

/** What a page does, and what keeps it silent. */
type Paging = Readonly<Record<string, unknown>>

const whenNotDeploying: Paging = {
  ActionsSuppressor: { 'Fn::GetAtt': [toAlarmId('Alarm', deploymentName), 'Arn'] },
  // The mark of a deployment takes a minute to be seen.
  ActionsSuppressorWaitPeriod: 60,
  // What failed for a moment when versions changed is over by then; what lasts pages.
  ActionsSuppressorExtensionPeriod: 300,
  AlarmActions: [{ Ref: pagesTopicId }],
  OKActions: [{ Ref: pagesTopicId }],
}

/** It tells no end: an outage that it was silent about would seem to end twice. */
const whenSignInsGoWell: Paging = {
  ActionsSuppressor: { 'Fn::GetAtt': [toAlarmId('Page', 'sign-ins'), 'Arn'] },
  // As long as an outage may take to fail requests, too, and what a deployment upsets to pass.
  ActionsSuppressorWaitPeriod: 600,
  // By then every window without the outage is full; what is still up is a matter of its own.
  ActionsSuppressorExtensionPeriod: 900,
  AlarmActions: [{ Ref: pagesTopicId }],
}

const paging: Readonly<Record<PageName, Paging>> = {
  'sign-ins': whenNotDeploying,
  checks: whenSignInsGoWell,
  security: whenNotDeploying,
}

/** As long as a deployment may take, and what it upsets needs to come to rest. */
const deploymentMinutes = 10

/** Plans the alarm that is up during a deployment, and keeps every page silent meanwhile. */
export function planDeploymentAlarm(service: string): AlarmPlan {
  return {
    name: deploymentName,
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

/** Makes every page, each up while any of its alarms is. */
export function toPages(
  plans: readonly AlarmPlan[],
  runbookUrl: string,
): Readonly<Record<LogicalId, Resource>> {
  const names = Object.keys(pages) as readonly PageName[]
  return Object.fromEntries(
    names.map((name) => {
      const gathered = plans.filter(({ page }) => page === name)
      return [toAlarmId('Page', name), toPage(name, gathered, runbookUrl)]
    }),
  )
}

function toPage(name: PageName, plans: readonly AlarmPlan[], runbookUrl: string): Resource {
  const description = { ...pages[name], runbookPage: generalRunbookPage }
  return {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: {
      AlarmName: toAlarmName(`page-${name}`),
      AlarmDescription: toAlarmDescription(description, runbookUrl),
      AlarmRule: { 'Fn::Sub': toRule(plans) },
      ...paging[name],
    },
  }
}

function toRule(plans: readonly AlarmPlan[]): string {
  return plans.map(({ name }) => `ALARM("\${${toAlarmId('Alarm', name)}}")`).join(' OR ')
}
