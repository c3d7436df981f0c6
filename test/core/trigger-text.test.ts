import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findTriggerFailure } from '../../core/trigger-text.ts'

const of = (trigger: string, reason: string) =>
  `${trigger} invocation failed due to error ${reason}.`
const own = (text: string) => `PreTokenGeneration failed with error ${text}.`

/** What the text shows besides that a trigger failed; undefined where it shows no trigger. */
const texts: readonly (readonly [text: string, reason: string | undefined])[] = [
  [own('Rate exceeded'), ''],
  [own('Unrecognizable lambda output'), ''],
  [own(of('PreTokenGeneration', 'AccessDeniedException')), ''],
  [own('InvalidLambdaResponseException'), ''],
  ['CustomMessage failed with error x', ''],
  ['VerifyAuthChallengeResponse failed with error x', ''],
  ['InboundFederation failed with error x', ''],
  ['PreSignUp invocation failed due to configuration', ''],
  ['PreTokenGenerationV3 invocation failed due to configuration', ''],
  [of('PreTokenGeneration', 'AccessDeniedException'), 'trigger_not_permitted'],
  [of('PreTokenGeneration', 'ResourceNotFoundException'), 'trigger_absent'],
  [of('PostConfirmation', 'ResourceConflictException'), 'trigger_not_ready'],
  [of('UserMigration', 'TooManyRequestsException'), 'trigger_throttled'],
  [of('SomeTriggerToCome', 'AccessDeniedException'), 'trigger_not_permitted'],
  [of('PreTokenGeneration', 'SomethingElseException'), ''],
  ['UnexpectedLambdaException: PostConfirmation failed with error x', ''],
  ['UserLambdaValidationException', ''],
  ['com.amazonaws#UnexpectedLambdaException', ''],
  ['InvalidLambdaResponseException', 'trigger_output_unusable'],
  ['Unrecognizable lambda output', 'trigger_output_unusable'],
  ['Invalid lambda function output : Invalid JSON', 'trigger_output_unusable'],
  ['Invalid lambda trigger source', 'trigger_output_unusable'],
  ['', undefined],
  ['Rate exceeded', undefined],
  ['AccessDeniedException', undefined],
  ['Request failed with error x', undefined],
  ['Token generation failed', undefined],
  ['lambda output', undefined],
]

for (const [text, reason] of texts) {
  const seen = reason === undefined ? 'no trigger' : `a failed trigger ${reason}`
  test(`'${text}' shows ${seen.trim()}`, () => {
    const evidence = reason === undefined ? undefined : ['trigger_text', reason].filter(Boolean)
    assert.deepEqual(findTriggerFailure(text), evidence)
  })
}
