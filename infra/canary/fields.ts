import { type Field, wholeNumberField } from '../../core/settings/field.ts'

/** The fields of a stage for a canary that checks it from outside. */
export const canaryFields = {
  canaryEveryMinutes: wholeNumberField({
    byDefault: 0,
    least: 0,
    most: 60,
    meaning:
      'How often a canary of CloudWatch Synthetics [checks the deployment from outside](#a-canary), in minutes. 0: never. Every 5 minutes costs about $10 a month.',
  }),
} as const satisfies Readonly<Record<string, Field<unknown>>>
