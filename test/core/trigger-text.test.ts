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
  ['PreTokenGenerationV2 failed with error Rate exceeded.', ''],
  ['PreTokenGeneration_V2_0 lambda timed out', ''],
  ['PostAuthentication lambda function returned an error: TooManyRequestsException', ''],
  ['Error in PreTokenGeneration trigger', ''],
  ['Socket timeout while invoking Lambda function', ''],
  ['Lambda function timed out', ''],
  ['Failed to invoke lambda', ''],
  ['User migration lambda failed with error x', ''],
  ['Unrecognizable lambda response', 'trigger_output_unusable'],
  ['Invalid lambda function response', 'trigger_output_unusable'],
  ['PreTokenGenerations', undefined],
  ['The Lambda function associated with the CloudFront distribution failed', undefined],
  ['Lambda@Edge invocation failed', undefined],
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
