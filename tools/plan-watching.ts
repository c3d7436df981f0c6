import { toDashboardBody } from '../infra/dashboard/dashboard.ts'
import { doctorEverySeconds } from '../infra/functions.ts'
import { toFunctionId } from '../infra/logical-ids.ts'
import { parseStage } from '../infra/stage.ts'
import { toAlarms } from '../infra/watching.ts'
import type { Watching } from '../local/preview/watching.ts'

/**
 * Makes what a deployment with these settings would be watched by, for the preview of it.
 *
 * @param fields those of a stage file
 */
export function planWatching(fields: object): Watching {
  const parsed = parseStage(fields)
  if (!parsed.ok) throw new Error(parsed.problems.join('; '))
  const { stage } = parsed
  const alarms = toAlarms(stage)
  return {
    resources: alarms,
    dashboard: toDashboardBody(stage, alarms),
    functionIds: {
      oauth2: toFunctionId('oauth2'),
      metadata: toFunctionId('metadata'),
      doctor: toFunctionId('doctor'),
    },
    doctorEverySeconds,
  }
}
