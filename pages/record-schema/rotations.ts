import { stepCauseNames, toStepCause } from '../../core/causes/rotation.ts'
import { rotationSteps } from '../../core/rotation/event.ts'
import { deeds } from '../../core/rotation/report.ts'
import { clientField, type JsonSchema, recordFieldSchemas } from './fields.ts'
import { toCauseRule, toLineSchema, toOneOf, toRunbookSchema } from './object.ts'

const { cause, fault, evidence, fix, runbook, total_ms } = recordFieldSchemas

const fields: Readonly<Record<string, JsonSchema>> = {
  client: {
    ...clientField,
    description: "The client's `name` in the settings; `cookie-key` or `unknown` where it is none.",
  },
  rotation_step: {
    description: 'The step of the rotation, or what was wanted besides.',
    enum: [...rotationSteps, 'end_overlap', 'watch', 'cancel', 'check', 'unknown'],
  },
  did: {
    description: 'What was changed, in this order.',
    type: 'array',
    items: { enum: [...deeds] },
  },
  active_secrets: {
    description: 'How many secrets the app client had when it was last looked at.',
    type: 'integer',
    minimum: 0,
  },
  total_ms: { ...total_ms, description: 'How long the step took.' },
}
const always = ['client', 'rotation_step', 'rotation_result', 'did', 'total_ms']

/** The line of a step that a rotation has made. */
export const rotationStepMade: JsonSchema = toLineSchema({
  description: 'A step of a rotation was made, or an overlap was looked at.',
  message: 'rotation',
  levels: ['INFO'],
  fields: { ...fields, rotation_result: { const: 'ok' } },
  required: always,
})

/** The line of a step that has failed. */
export const rotationStepFailed: JsonSchema = toLineSchema({
  description: 'A step of a rotation failed; Secrets Manager repeats it.',
  message: 'rotation',
  levels: ['ERROR'],
  fields: {
    ...fields,
    rotation_result: { const: 'failed' },
    cause: { ...cause, enum: stepCauseNames },
    ...{ fault, evidence, fix, runbook },
  },
  required: [...always, 'cause', 'fault', 'evidence', 'fix'],
  rules: stepCauseNames.map((name) =>
    toCauseRule(name, {
      fault: toOneOf([toStepCause(name).fault]),
      fix: toOneOf([toStepCause(name).fix]),
      runbook: toRunbookSchema(name),
    }),
  ),
})
