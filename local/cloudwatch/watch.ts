import { type CompositeAlarm, readCompositeAlarm } from './composite.ts'
import { type MetricAlarm, readMetricAlarm } from './metric-alarm.ts'
import { readObject } from './properties.ts'
import { type Substitutions, substitute, type TemplateResource } from './template.ts'

/** Every alarm of a template, read once, by logical id. */
export interface Watch {
  readonly metricAlarms: ReadonlyMap<string, MetricAlarm>
  /** Ordered so that each follows the alarms that its rule names. */
  readonly compositeAlarms: ReadonlyMap<string, CompositeAlarm>
  /** Finds the logical id of an alarm by its name or ARN. */
  readonly toId: (nameOrArn: string) => string
}

const metricAlarmType = 'AWS::CloudWatch::Alarm'
const compositeAlarmType = 'AWS::CloudWatch::CompositeAlarm'

/**
 * Reads the alarms among the resources of a template. A resource's `Ref` and `Arn` are its logical id, but
 * for an alarm's, which are its name, as its `Ref` is in CloudFormation.
 *
 * @param given what else the names in the template stand for, such as `AWS::StackName`
 * @throws Error that names the alarm which CloudWatch would refuse, or which cannot be evaluated here
 */
export function readWatch(
  resources: Readonly<Record<string, TemplateResource>>,
  given: Substitutions,
): Watch {
  const isAlarm = ({ Type }: TemplateResource) =>
    [metricAlarmType, compositeAlarmType].includes(Type)
  const alarms = Object.entries(resources).filter(([, resource]) => isAlarm(resource))
  const names = new Map(
    alarms.map(([id, { Properties = {} }]) => [id, toName(id, Properties['AlarmName'], given)]),
  )
  const substitutions: Record<string, string> = { ...given }
  for (const id of Object.keys(resources)) {
    substitutions[id] = substitutions[`${id}.Arn`] = names.get(id) ?? id
  }
  const read = <A>(type: string, toAlarm: (properties: Readonly<Record<string, unknown>>) => A) =>
    new Map(
      alarms
        .filter(([, { Type }]) => Type === type)
        .map(([id, { Properties }]) => {
          const value = naming(id, () => substitute({ ...Properties }, substitutions))
          const properties = { ...readObject(value, 'Properties'), AlarmName: names.get(id) }
          return [id, naming(id, () => toAlarm(properties))] as const
        }),
    )
  const ids = new Map([...names].map(([id, name]) => [name, id]))
  const toId = (name: string) => {
    const id = ids.get(name)
    if (id === undefined) throw new Error(`there is no alarm ${name}`)
    return id
  }
  const composites = read(compositeAlarmType, readCompositeAlarm)
  return {
    metricAlarms: read(metricAlarmType, readMetricAlarm),
    compositeAlarms: sortByNeed(composites, toId),
    toId,
  }
}

function toName(id: string, name: unknown, given: Substitutions): string {
  return name === undefined ? id : naming(id, () => String(substitute(name, given)))
}

/** Adds the alarm's name to a problem. */
function naming<T>(id: string, work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    throw new Error(`${id}: ${thrown instanceof Error ? thrown.message : thrown}`)
  }
}

/** @throws Error where an alarm gathers or waits for one that is not there, or alarms wait in a circle */
function sortByNeed(
  composites: ReadonlyMap<string, CompositeAlarm>,
  toId: (name: string) => string,
): ReadonlyMap<string, CompositeAlarm> {
  const sorted = new Map<string, CompositeAlarm>()
  const visit = (id: string, trail: readonly string[]): void => {
    const alarm = composites.get(id)
    if (alarm === undefined || sorted.has(id)) return
    if (trail.includes(id)) throw new Error(`${[...trail, id].join(' > ')} is a circle`)
    const { gathers, suppressor } = alarm
    const needed = naming(id, () =>
      [...gathers, ...(suppressor ? [suppressor.name] : [])].map(toId),
    )
    for (const other of needed) visit(other, [...trail, id])
    sorted.set(id, alarm)
  }
  for (const id of composites.keys()) visit(id, [])
  return sorted
}
