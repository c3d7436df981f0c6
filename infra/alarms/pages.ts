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
 * What each page says; the alarms say which page they belong to. Everything that keeps users from signing in
 * is in one page: a partial outage moves from cause to cause, and would move from page to page if there were
 * several. What may last for days has its own page, so that it hides no outage. So have attacks, so that no
 * outage hides them.
 */
const pages = {
  'sign-ins': {
    meaning: 'Sign-ins or refreshes fail, or are not monitored.',
    fix: 'Open the listed alarms that are in alarm. An alarm named after a cause says what fixes it. If there is none, check the dashboard at the minute when the first alarm started.',
  },
  checks: {
    meaning: 'Requests are slow, or the doctor finds wrong settings that make no exchange fail.',
    fix: 'Open the listed alarm and do what it says. If there is an outage at the same time, handle the outage first: it probably explains this alarm.',
  },
  security: {
    meaning: 'A front end leaks a secret, or somebody probes the proxy.',
    fix: 'Open the listed alarm and do what it says.',
  },
} as const satisfies Readonly<Record<PageName, Pick<AlarmPlan, 'meaning' | 'fix'>>>

const deploymentName = 'deployment'

/** What a page does, and what keeps it silent. */
type Paging = Readonly<Record<string, unknown>>

const whenNotDeploying: Paging = {
  ActionsSuppressor: { 'Fn::GetAtt': [toAlarmId('Alarm', deploymentName), 'Arn'] },
  // The mark of a deployment is visible after a minute.
  ActionsSuppressorWaitPeriod: 60,
  // A short failure while versions change is over by then; a lasting one pages.
  ActionsSuppressorExtensionPeriod: 300,
  AlarmActions: [{ Ref: pagesTopicId }],
  OKActions: [{ Ref: pagesTopicId }],
}

/** It does not report its end: an outage that it did not report would seem to end twice. */
const whenSignInsGoWell: Paging = {
  ActionsSuppressor: { 'Fn::GetAtt': [toAlarmId('Page', 'sign-ins'), 'Arn'] },
  // Long enough for an outage to make requests fail, too, and for the effects of a deployment to pass.
  ActionsSuppressorWaitPeriod: 600,
  // By then every window lies after the outage; what is still in alarm is a separate problem.
  ActionsSuppressorExtensionPeriod: 900,
  AlarmActions: [{ Ref: pagesTopicId }],
}

const paging: Readonly<Record<PageName, Paging>> = {
  'sign-ins': whenNotDeploying,
  checks: whenSignInsGoWell,
  security: whenNotDeploying,
}

/** As long as a deployment and its effects may last. */
const deploymentMinutes = 10

/** Plans the alarm that is active during a deployment and suppresses every page meanwhile. */
export function planDeploymentAlarm(service: string): AlarmPlan {
  return {
    name: deploymentName,
    meaning: `A deployment started within the last ${deploymentMinutes} minutes. Pages wait until it is over.`,
    fix: 'No action is needed.',
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

/** Makes every page; each is active while any of its alarms is. */
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
