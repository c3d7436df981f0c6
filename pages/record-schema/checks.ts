import { checkCauseNames, toCheckCause } from '../../core/causes/doctor.ts'
import { checkNames } from '../../core/doctor/findings.ts'
import { clientField, type JsonSchema, recordFieldSchemas } from './fields.ts'
import { toCauseRule, toLineSchema, toOneOf, toRunbookSchema } from './object.ts'

const { cause, fault, fix, runbook } = recordFieldSchemas

/** The doctor's line for a client of which no check has failed. */
export const checkPassed: JsonSchema = toLineSchema({
  description: 'A round of the doctor found nothing wrong with a client, as far as it could see.',
  message: 'check',
  levels: ['INFO'],
  fields: {
    client: clientField,
    check: { const: 'all' },
    check_result: {
      description: '`unknown` where the app client could not be looked at.',
      enum: ['ok', 'unknown'],
    },
    skipped: {
      description: 'The checks that could not be made.',
      type: 'array',
      items: { enum: [...checkNames] },
      minItems: 1,
    },
  },
  required: ['client', 'check', 'check_result'],
  rules: [
    {
      if: { properties: { check_result: { const: 'unknown' } }, required: ['check_result'] },
      // biome-ignore lint/suspicious/noThenProperty: the word is JSON Schema's own
      then: { properties: { skipped: { type: 'array' } }, required: ['skipped'] },
    },
  ],
})

/** The doctor's line for one check that failed. */
export const checkFailed: JsonSchema = toLineSchema({
  description: 'A check of the doctor failed.',
  message: 'check',
  levels: ['ERROR'],
  fields: {
    client: clientField,
    check: {
      description: 'What was checked; `all` where no check could be made.',
      enum: [...checkNames, 'all'],
    },
    check_result: { const: 'failed' },
    cause: { ...cause, enum: checkCauseNames },
    fault,
    fix,
    runbook,
  },
  required: ['client', 'check', 'check_result', 'cause', 'fault', 'fix'],
  rules: checkCauseNames.map((name) =>
    toCauseRule(name, {
      fault: toOneOf([toCheckCause(name).fault]),
      fix: toOneOf([toCheckCause(name).fix]),
      runbook: toRunbookSchema(name),
    }),
  ),
})
