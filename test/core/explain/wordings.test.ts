import assert from 'node:assert/strict'
import { test } from 'node:test'
import { libraryTexts } from '../../../core/explain/library-texts.ts'
import { oauthWords } from '../../../core/explain/oauth-words.ts'
import { otherAnswers } from '../../../core/explain/other-answers.ts'
import { findWording, toWording, wordingNames } from '../../../core/explain/wordings.ts'

test('every wording of each part is in the whole, once', () => {
  const parts = [oauthWords, otherAnswers, libraryTexts].flatMap((part) => Object.keys(part))
  assert.deepEqual([...wordingNames].sort(), parts.sort())
})

test('the more specific wording wins over the word that it comes with', () => {
  assert.equal(findWording('invalid_client: invalid_client_secret'), 'invalid_client_secret')
  assert.equal(findWording('unauthorized_client: invalid_redirect'), 'invalid_redirect')
  assert.equal(findWording('invalid_grant, Unrecognizable lambda output'), 'trigger_failed')
  assert.equal(findWording('CORS policy, and curl says invalid_client'), 'invalid_client')
  assert.equal(findWording('HTTP/1.1 400 invalid_grant'), 'invalid_grant')
})

test('a text without any of them has none', () => {
  assert.equal(findWording('Sign-in does not work.'), undefined)
  assert.equal(toWording('invalid_grant').title, 'invalid_grant')
})
