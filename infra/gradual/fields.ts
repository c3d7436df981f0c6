import { type Field, switchField, wholeNumberField } from '../../core/settings/field.ts'

/** The fields that say how a new version takes over, and what waits for it warm. */
export const gradualFields = {
  gradualDeployment: switchField({
    byDefault: false,
    meaning:
      'Whether a new version gets 10 % of the requests for 5 minutes before it gets all of them, and is taken back if an alarm says that it is bad: [gradual deployment](#gradual-deployment).',
  }),
  provisionedConcurrency: wholeNumberField({
    byDefault: 0,
    least: 0,
    most: 1000,
    meaning:
      'How many sandboxes of `oauth2` are always warm, as part of `reservedConcurrency`. They cost money while they wait: [when it pays](scale.md#provisioned-concurrency).',
  }),
} as const satisfies Readonly<Record<string, Field<unknown>>>

/** Notes warm sandboxes beyond those that may run. */
export function noteUnreservable(
  stage: { readonly provisionedConcurrency: number; readonly reservedConcurrency: number },
  note: (problem: string) => void,
): void {
  if (stage.provisionedConcurrency > stage.reservedConcurrency) {
    note('provisionedConcurrency must not be more than reservedConcurrency')
  }
}
