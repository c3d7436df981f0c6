import { type AlarmPlan, type LogicalId, toAlarmId, toMetricAlarm } from './alarm.ts'
import { toTopics } from './alarm-topic.ts'
import { planCauseAlarms } from './cause-alarms.ts'
import { toDashboard } from './dashboard.ts'
import { planDoctorAlarms } from './doctor-alarms.ts'
import { planLatencyAlarms } from './latency-alarms.ts'
import { planOutageAlarms } from './outage-alarms.ts'
import { planDeploymentAlarm, toPages } from './page-alarms.ts'
import { planPlatformAlarms } from './platform-alarms.ts'
import { toQueries } from './queries.ts'
import { planRateAlarms } from './rate-alarms.ts'
import type { Resource } from './resource.ts'
import type { Stage } from './stage.ts'

/** Resources by their names in the template. */
export type Resources = Readonly<Record<LogicalId, Resource>>

/** Makes everything by which a stage is watched: dashboard, alarms, topics and saved queries. */
export function toWatching(stage: Stage): Resources {
  const alarms = toAlarms(stage)
  return {
    ...alarms,
    ...toTopics(stage.alarmEmails),
    Dashboard: toDashboard(stage, alarms),
    ...toQueries(),
  }
}

/** Makes every alarm and the pages that are put together from them. */
export function toAlarms(stage: Stage): Resources {
  const { runbookUrl } = stage.settings
  const plans = planAlarms(stage)
  return {
    ...toPages(plans, runbookUrl),
    ...Object.fromEntries(
      plans.map((plan) => [toAlarmId('Alarm', plan.name), toMetricAlarm(plan, runbookUrl)]),
    ),
  }
}

/** Plans every metric alarm of a stage. */
export function planAlarms(stage: Stage): readonly AlarmPlan[] {
  const { service } = stage.settings
  return [
    ...planRateAlarms(service),
    ...planOutageAlarms(service),
    ...planLatencyAlarms(stage),
    ...planDoctorAlarms(stage),
    ...planPlatformAlarms(stage),
    ...planCauseAlarms(service),
    planDeploymentAlarm(service),
  ]
}
