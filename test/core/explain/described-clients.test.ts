import { describedClients } from '../../../core/explain/described-clients.ts'
import { testDescriptions } from '../../fixtures/core/described-table.ts'

testDescriptions(describedClients, [
  ['client_secret_missing', 'Our mobile app has no secret.'],
  ['client_secret_mismatch', 'The secret was rotated yesterday.'],
  ['empty_secret', 'The library sends an empty client_secret.'],
  ['client_has_no_secret', 'For a public client it makes a Basic header.'],
  ['malformed_basic_header', 'It percent-encodes the credentials.'],
  ['caller_sent_credentials', 'An interceptor adds the bearer token.'],
  ['oauth_flows_disabled', 'AllowedOAuthFlows was set by a script.'],
  ['grant_not_allowed', 'The grant is not allowed here.'],
  ['grant_type_unsupported', 'We use the password grant.'],
  ['no_custom_scopes_for_client_credentials', 'A token of client_credentials is refused.'],
  ['scopes_missing', 'The custom scope is refused.'],
  ['scope_unknown', 'It refuses the scope.'],
  ['scope_attributes_unreadable', 'We asked without a scope.'],
  ['resource_server_missing', 'It sends resource=https://api.example.'],
  ['secret_malformed', 'The secret ends in a newline.'],
  ['secret_not_found', 'The secret was deleted.'],
  ['secret_access_denied', 'The policy names the secret.'],
  ['client_library_discovery', 'The issuer must match.'],
  ['registration_unsupported', 'Clients register themselves.'],
])
