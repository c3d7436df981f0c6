import type { EvidenceOf } from './causes/catalogue.ts'

type TriggerEvidence = EvidenceOf<'lambda_trigger_failed'>

/** Every Lambda trigger of a user pool, as Cognito names it in its texts. */
const triggerNames = [
  ...['PreSignUp', 'PostConfirmation', 'PreAuthentication', 'PostAuthentication'],
  ...['PreTokenGeneration', 'UserMigration', 'InboundFederation', 'CustomMessage'],
  ...['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'],
  ...['CustomEmailSender', 'CustomSMSSender'],
].join('|')

/** A name as Cognito writes it, with the version that some carry. */
const named = `\\b(?:${triggerNames})(?:_?V\\d\\w{0,8})?\\b`
/** What Cognito puts around the text of a trigger, or around the reason why it could not start one. */
const wrapper = new RegExp(
  `${named}[^"]{0,40}?\\bfailed\\b(?: due to error ([A-Za-z]{1,60}))?|\\binvocation failed due to (?:error ([A-Za-z]{1,60})|configuration)`,
)
/** A trigger by its name, in other words than the wrapper's. */
const troubled = new RegExp(
  `${named}[^"]{0,40}?\\b(?:error|exception|failed|time(?:d )?-?out)\\b|\\b[Ee]rror in (?:the )?${named}`,
)
/** What goes wrong with a function, in words that have been seen and in their neighbours. */
const trouble = '(?:error|exceed|exception|fail|invo[ck]|time(?:d )?-?out|unable)'
/** Lambda without the name of a trigger. The functions at CloudFront's edge are no triggers. */
const lambda = new RegExp(
  `\\blambda\\b(?!@)[^"]{0,60}?\\b${trouble}|\\b${trouble}[^"]{0,60}?\\blambda\\b(?!@)`,
  'i',
)
const otherLambdas = /\bcloudfront\b|lambda@edge/i
const errorClass = /\b(UserLambdaValidation|UnexpectedLambda|InvalidLambdaResponse)Exception\b/
const unusableOutput =
  /\b(?:unrecogni[sz]able lambda (?:output|response)|invalid lambda (?:function |trigger )?(?:output|response|result|source))\b/i

/** Why Lambda did not run the trigger, by the error that the wrapper names. */
const reasons: Readonly<Record<string, TriggerEvidence>> = {
  AccessDeniedException: 'trigger_not_permitted',
  ResourceNotFoundException: 'trigger_absent',
  ResourceConflictException: 'trigger_not_ready',
  ResourceNotReadyException: 'trigger_not_ready',
  TooManyRequestsException: 'trigger_throttled',
}

/**
 * Looks for the texts by which Cognito reports a failing Lambda trigger; undefined where there is none. What
 * stands behind the wrapper is the trigger's own text and may say anything, so that only the first wrapper
 * counts, and nothing behind it is read. Cognito does not document these texts: they are a hint, never proof.
 *
 * @param text an answer's body, or a text in it
 */
export function findTriggerFailure(text: string): readonly TriggerEvidence[] | undefined {
  const wrapped = wrapper.exec(text)
  if (wrapped !== null) {
    const reason = reasons[wrapped[1] ?? wrapped[2] ?? '']
    return reason === undefined ? ['trigger_text'] : ['trigger_text', reason]
  }
  const thrown = errorClass.exec(text)?.[1]
  if (thrown === 'InvalidLambdaResponse' || unusableOutput.test(text)) {
    return ['trigger_text', 'trigger_output_unusable']
  }
  const isLambda = lambda.test(text) && !otherLambdas.test(text)
  return thrown !== undefined || troubled.test(text) || isLambda ? ['trigger_text'] : undefined
}
