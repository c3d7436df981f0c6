import { countedStepCauses } from '../alarms/rotation.ts'
import { toUnit } from '../metric-reference.ts'
import { toLine } from './line.ts'
import { type Content, toGraph } from './widget.ts'

const results = {
  finished: 'finished: the new secret is in use',
  overlap_ended: 'overlap ended: the old secret is deleted',
  cancelled: 'cancelled',
  restored: 'restored: the current secret was deleted, and the old one is in use again',
  failed: 'a step failed',
} as const

/** Draws what the rotations of secrets came to, and why steps failed. */
export function toRotationGraphs(service: string): Content[] {
  return [
    toGraph({
      title: 'Rotations of secrets',
      unit: toUnit('Rotations'),
      lines: Object.entries(results).map(([result, label]) =>
        toLine(service, 'Rotations', { result }, { label }),
      ),
      stacked: true,
      periodSeconds: 3600,
    }),
    toGraph({
      title: 'Failed steps of rotations, by cause',
      unit: toUnit('RotationFailures'),
      lines: countedStepCauses.map((cause) =>
        toLine(service, 'RotationFailures', { cause }, { label: cause }),
      ),
      stacked: true,
      periodSeconds: 3600,
    }),
  ]
}
