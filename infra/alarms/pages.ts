import { toMetricReference } from '../metric-reference.ts'
import type { Resource } from '../resource.ts'
import {
  type AlarmPlan,
  generalRunbookPage,
  type LogicalId,
  notice,
  type OtherAlarmName,
  type PageName,
  toAlarmDescription,
  toAlarmId,
  toAlarmName,
} from './alarm.ts'
import { findingFix } from './doctor.ts'
import { toJudgedMetric } from './terms.ts'
import { pagesTopicId } from './topic.ts'

const openListed = 'Open the listed alarm and do what it says.'

/**
 * What each page says; the alarms say which page they belong to. An outage is in one page: it moves from cause
 * to cause, and would move from page to page if there were several. What an operator has to repair has a page
 * for each area, so that a new cause pages although another page is active. What may last for days has its
 * own page, so that it hides no outage. So have leaks.
 */
const pages = {
  'sign-ins': {
    meaning: 'Sign-ins or refreshes fail, or are not monitored.',
    fix: 'Open the listed alarms that are in alarm. An alarm named after a cause says what fixes it. If there is none, check the dashboard at the minute when the first alarm started.',
  },
  'app-client': {
    meaning: 'Cognito refuses the app client: its id or secret is not the configured one.',
    fix: openListed,
  },
  'oauth-flow': {
    meaning: 'The app client is not set up for the flow or the redirect URI of the front end.',
    fix: openListed,
  },
  trigger: {
    meaning: "A Lambda trigger of the user pool fails, and with it users' exchanges.",
    fix: openListed,
  },
  domain: {
    meaning: 'The configured domain does not lead to the token endpoint of the user pool.',
    fix: openListed,
  },
  secret: { meaning: 'The stored secret cannot be read or used.', fix: openListed },
  deployment: {
    meaning: 'The deployed settings are refused, or the proxy itself has a bug.',
    fix: openListed,
  },
  stopped: {
    meaning:
      "Until a moment ago users got tokens, and now nobody does; only callers' mistakes are seen.",
    fix: 'Check on the dashboard which cause rises. Usually a setting was lost or changed: origins, redirect URIs, the cookie key or a client. Undo that change, or the release of the front end.',
  },
  doctor: {
    meaning: 'The doctor finds a wrong setting that makes exchanges fail.',
    fix: findingFix,
  },
  checks: {
    meaning: 'Requests are slow, or the doctor finds wrong settings that make no exchange fail.',
    fix: 'Open the listed alarm and do what it says. If there is an outage at the same time, handle the outage first: it probably explains this alarm.',
  },
  security: {
    meaning: 'A front end leaks the client secret.',
    fix: openListed,
  },
} as const satisfies Readonly<Record<PageName, Pick<AlarmPlan, 'meaning' | 'fix'>>>

const deploymentName = 'deployment' satisfies OtherAlarmName

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

const anyPageName = 'any-page'

/** It does not report its end: an outage that it did not report would seem to end twice. */
const whenNothingElsePages: Paging = {
  ActionsSuppressor: { 'Fn::GetAtt': [toAlarmId('Page', anyPageName), 'Arn'] },
  // Long enough for an outage to make requests fail, too, and for the effects of a deployment to pass.
  ActionsSuppressorWaitPeriod: 600,
  // By then every window lies after the outage; what is still in alarm is a separate problem.
  ActionsSuppressorExtensionPeriod: 900,
  AlarmActions: [{ Ref: pagesTopicId }],
}

/** Its signals last only for a while, and other alarms of an outage are faster. */
const soonWhenNothingElsePages: Paging = {
  ...whenNothingElsePages,
  ActionsSuppressorWaitPeriod: 120,
}

/** The pages that wait for the others, because an outage probably explains what they say. */
const waiting: Partial<Readonly<Record<PageName, Paging>>> = {
  stopped: soonWhenNothingElsePages,
  doctor: whenNothingElsePages,
  checks: whenNothingElsePages,
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

/**
 * Makes every page that has alarms; each is active while any of its alarms is, or all of them where only that
 * means something.
 */
export function toPages(
  plans: readonly AlarmPlan[],
  runbookUrl: string,
): Readonly<Record<LogicalId, Resource>> {
  const names = (Object.keys(pages) as readonly PageName[]).filter((name) =>
    plans.some(({ page }) => page === name),
  )
  return {
    ...Object.fromEntries(
      names.map((name) => {
        const gathered = plans.filter(({ page }) => page === name)
        return [toAlarmId('Page', name), toPage(name, gathered, runbookUrl)]
      }),
    ),
    [toAlarmId('Page', anyPageName)]: toAnyPage(
      names.filter((name) => waiting[name] === undefined && name !== 'security'),
      runbookUrl,
    ),
  }
}

function toPage(name: PageName, plans: readonly AlarmPlan[], runbookUrl: string): Resource {
  const description = { ...pages[name], runbookPage: generalRunbookPage }
  return {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: {
      AlarmName: toAlarmName(`page-${name}`),
      AlarmDescription: toAlarmDescription(description, runbookUrl),
      AlarmRule: { 'Fn::Sub': toRule(plans) },
      ...(waiting[name] ?? whenNotDeploying),
    },
  }
}

const anyPage = {
  meaning: 'A page is active, or a deployment: the pages that they may explain wait.',
  fix: 'No action is needed.',
  runbookPage: generalRunbookPage,
}

/** Makes the composite that keeps the waiting pages back; it tells nobody. */
function toAnyPage(names: readonly PageName[], runbookUrl: string): Resource {
  const ids = [...names.map((name) => toAlarmId('Page', name)), toAlarmId('Alarm', deploymentName)]
  return {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    Properties: {
      AlarmName: toAlarmName(anyPageName),
      AlarmDescription: toAlarmDescription(anyPage, runbookUrl),
      AlarmRule: { 'Fn::Sub': ids.map(toCondition).join(' OR ') },
    },
  }
}

/** Signals mean something only together. */
function toRule(plans: readonly AlarmPlan[]): string {
  const areSignals = plans.every(({ isSignal }) => isSignal)
  const conditions = plans.map(({ name }) => toCondition(toAlarmId('Alarm', name)))
  return conditions.join(areSignals ? ' AND ' : ' OR ')
}

function toCondition(id: LogicalId): string {
  return `ALARM("\${${id}}")`
}
