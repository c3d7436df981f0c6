import { describedRequests } from '../../../core/explain/described-requests.ts'
import { testDescriptions } from '../../fixtures/core/described-table.ts'

testDescriptions(describedRequests, [
  ['code_already_used', 'The handler runs twice.'],
  ['code_expired', 'The code is expired, I think.'],
  ['code_of_another_client', 'A redirect from another page brings a code.'],
  ['redirect_uri_mismatch', 'The redirect URI has no slash.'],
  ['callback_not_registered', 'The callback is not registered.'],
  ['redirect_uri_not_allowed', 'The redirect URI has a path that is not listed.'],
  ['config_invalid', 'origins: ["app.example"]'],
  ['origin_not_allowed', 'The preflight fails.'],
  ['verifier_mismatch', 'PKCE does not work.'],
  ['pkce_verifier_missing', 'There is no verifier.'],
  ['sign_in_state_lost', 'The state is lost.'],
  ['refresh_token_expired', 'A refresh fails after a day.'],
  ['refresh_token_revoked', 'We called RevokeToken.'],
  ['refresh_token_rotated_out', 'Two tabs refresh in parallel.'],
  ['device_tracking', 'Device tracking is on.'],
  ['user_disabled_or_deleted', 'The user was deleted.'],
  ['user_missing_attribute', 'Some people have no email.'],
  ['nonce_after_refresh', 'The nonce is another one.'],
  ['clock_skewed', 'Its clock is slow.'],
  ['identity_provider_attributes', 'Only Okta users are affected.'],
])
