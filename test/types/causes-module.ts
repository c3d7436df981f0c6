import type { Answer, AnsweredCause, CauseLookup } from '../../core/causes/answered.ts'
import type { CauseName } from '../../core/causes/catalogue.ts'
import type { OAuthError } from '../../core/causes/cause.ts'
import type * as advice from '../../core/causes/user-advice.ts'
import type * as declared from '../../docs/causes.js'

/** True where both types accept the same, whichever way round they are compared. */
type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

// The declarations are written as text: here the compiler holds them to the code.
const held: readonly [
  Equal<declared.CauseId, CauseName>,
  Equal<declared.OAuthError, OAuthError>,
  Equal<declared.Answer, Answer>,
  Equal<declared.AnsweredCause, AnsweredCause>,
  Equal<declared.Attempt, advice.Attempt>,
  Equal<declared.Language, advice.Language>,
  Equal<declared.Reader, advice.Reader>,
  Equal<declared.UserAdvice, advice.UserAdvice>,
  Equal<keyof typeof declared, keyof CauseLookup | keyof typeof advice>,
  Equal<typeof declared.causeIds, CauseLookup['causeIds']>,
  Equal<typeof declared.describeCause, CauseLookup['describeCause']>,
  Equal<typeof declared.findCauses, CauseLookup['findCauses']>,
  Equal<typeof declared.isCauseId, CauseLookup['isCauseId']>,
  Equal<typeof declared.chooseUserAdvice, typeof advice.chooseUserAdvice>,
  Equal<typeof declared.toLanguage, typeof advice.toLanguage>,
  Equal<typeof declared.toUserText, typeof advice.toUserText>,
] = [true, true, true, true, true, true, true, true, true, true, true, true, true, true, true, true]

export { held }
