import { type AlarmPlan, type LogicalId, toAlarmId, toMetricAlarm } from './alarms/alarm.ts'
import { planCanaryAlarm } from './alarms/canary.ts'
import { planCauseAlarms } from './alarms/causes.ts'
import { planCountAlarms } from './alarms/counts.ts'
import { planDoctorAlarms } from './alarms/doctor.ts'
import { planLatencyAlarms } from './alarms/latency.ts'
import { planOutageAlarms } from './alarms/outages.ts'
import { planDeploymentAlarm, toPages } from './alarms/pages.ts'
import { planPlatformAlarms } from './alarms/platform.ts'
import { planQuotaAlarms } from './alarms/quotas.ts'
import { planRateAlarms } from './alarms/rates.ts'
import { planRotationAlarms } from './alarms/rotation.ts'
import { planStoppedAlarms } from './alarms/stopped.ts'
import { toTopics } from './alarms/topic.ts'
import { toDashboard } from './dashboard/dashboard.ts'
import { toQueries } from './queries.ts'
import type { Resource } from './resource.ts'
import { isRotating } from './rotation.ts'
import { toRunbookUrl } from './site/site.ts'
import type { Stage } from './stage.ts'

/** Resources by their logical ids. */
export type Resources = Readonly<Record<LogicalId, Resource>>

/** Makes everything that monitors a stage: dashboard, alarms, topics and saved queries. */
export function toWatching(stage: Stage): Resources {
  const alarms = toAlarms(stage)
  return {
    ...alarms,
    ...toTopics(stage.alarmEmails, stage.topicsKmsKey),
    Dashboard: toDashboard(stage, alarms),
    ...toQueries(isRotating(stage)),
  }
}

/** Makes every alarm, and the pages that combine them. */
export function toAlarms(stage: Stage): Resources {
  const runbookUrl = toRunbookUrl(stage)
  const plans = planAlarms(stage)
  return {
    ...toPages(plans, runbookUrl),
    ...Object.fromEntries(
      plans.map((plan) => [toAlarmId('Alarm', plan.name), toMetricAlarm(plan, runbookUrl)]),
    ),
  }
}

/**
 * Plans every metric alarm of a stage. With `watch: small` these are the alarms that page and those that pages
 * need; what only gives notice is left out, and a few counts stand for the alarms of all causes.
 */
export function planAlarms(stage: Stage): readonly AlarmPlan[] {
  const { settings } = stage
  const { service } = settings
  const plans = [
    ...planRateAlarms(settings),
    ...planOutageAlarms(settings),
    ...planStoppedAlarms(service),
    ...planLatencyAlarms(stage),
    ...planQuotaAlarms(stage),
    ...planDoctorAlarms(stage),
    ...planRotationAlarms(stage),
    ...planCanaryAlarm(stage),
    ...planPlatformAlarms(stage),
    ...planCauseAlarms(settings),
    ...(settings.watch === 'small' ? planCountAlarms(service) : []),
  ]
  const kept = settings.watch === 'small' ? plans.filter(({ page }) => page !== undefined) : plans
  return [...kept, planDeploymentAlarm(service)]
}
