import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Attempt,
  chooseUserAdvice,
  languages,
  toLanguage,
  toUserText,
  type UserAdvice,
  userTexts,
} from '../../../core/causes/user-advice.ts'

const chosen: readonly (readonly [number, string, Attempt, UserAdvice])[] = [
  [400, 'invalid_grant', 'sign-in', 'sign_in_again'],
  [400, 'invalid_grant', 'refresh', 'sign_in_again'],
  [401, 'invalid_request', 'refresh', 'sign_in_again'],
  [400, 'invalid_request', 'sign-in', 'report_app'],
  [403, 'unauthorized_client', 'refresh', 'report_app'],
  [415, 'invalid_request', 'sign-in', 'report_app'],
  [429, 'temporarily_unavailable', 'sign-in', 'try_again'],
  [503, 'temporarily_unavailable', 'refresh', 'try_again'],
  [504, 'temporarily_unavailable', 'sign-in', 'start_again'],
  [504, 'temporarily_unavailable', 'refresh', 'try_again'],
  [500, 'server_error', 'sign-in', 'contact_support'],
  [502, 'server_error', 'refresh', 'contact_support'],
]

for (const [status, error, attempt, advice] of chosen) {
  test(`after ${status} ${error} to a ${attempt}, the user can ${advice}`, () => {
    assert.equal(chooseUserAdvice({ status, error }, attempt), advice)
  })
}

for (const [id, texts] of Object.entries(userTexts)) {
  test(`the sentence ${id} is one for people: complete, and without a word of OAuth`, () => {
    for (const language of languages) {
      const text: string = texts[language]
      assert.match(text, /(?:[.。]|\{requestId\})$/, language)
      assert.doesNotMatch(text, /token|OAuth|proxy|Cognito|\d|_/i, language)
    }
    const withId = languages.filter((language) => texts[language].includes('{requestId}'))
    assert.ok([0, languages.length].includes(withId.length), 'all languages name it, or none')
  })
}

test('the request id is inserted unchanged, or a dash if there is none', () => {
  const language = 'en'
  assert.match(toUserText('report_app', { language, requestId: '$& r=1' }), / number: \$& r=1$/)
  assert.match(toUserText('report_app', { language }), / number: –$/)
  assert.equal(toUserText('sign_in_again', { language, requestId: 'r' }), 'Please sign in again.')
})

test('a language is found by its primary subtag, with English for missing ones', () => {
  const tags = ['de-AT', 'FR', 'es-419', 'ja-JP', 'en-GB', 'pt-BR', 'deu', '']
  assert.deepEqual(tags.map(toLanguage), ['de', 'fr', 'es', 'ja', 'en', 'en', 'en', 'en'])
})
