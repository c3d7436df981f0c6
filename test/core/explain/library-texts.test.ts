import { libraryTexts } from '../../../core/explain/library-texts.ts'
import { testWordings } from '../../fixtures/core/wording-table.ts'

testWordings(libraryTexts, [
  ["'client_id' is not present", 'logout_refused'],
  ['[okta] Error - 400 error getting token', 'provider_failed'],
  ['NotAuthorizedException: Refresh Token has expired', 'refresh_refused'],
  ['Unable to verify secret hash for client demo', 'secret_hash'],
  ['State cookie was missing.', 'state_lost'],
  ['pkceCodeVerifier value could not be parsed', 'verifier_lost'],
  ['unexpected ID Token nonce claim value', 'nonce_refused'],
  ['Token used too early', 'token_in_the_future'],
  ['ResourceNotFoundException: User pool eu-central-1_Demo does not exist.', 'app_client_absent'],
  ['settings refused', 'callback_refused'],
  ['Correlation failed.', 'state_lost'],
  ['NotAuthorizedException', 'refresh_refused'],
  ['Request failed with status code 400', 'bare_400'],
  ['The public client of our user pool', 'no_word'],
])
