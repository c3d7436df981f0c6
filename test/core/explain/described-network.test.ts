import { describedNetwork } from '../../../core/explain/described-network.ts'
import { testDescriptions } from '../../fixtures/core/described-table.ts'

testDescriptions(describedNetwork, [
  ['parameter_missing', 'The call omits client_id.'],
  ['method_not_allowed', 'A GET is sent to the token endpoint.'],
  ['content_type_unsupported', 'What is the right content type?'],
  ['body_malformed', 'The body is JSON.'],
  ['accept_without_json', 'Our Accept header is odd.'],
  ['route_not_found', 'The named stage is in front.'],
  ['domain_not_found', 'The domain does not resolve.'],
  ['domain_of_another_pool', 'In the new account it fails.'],
  ['client_not_found', 'The stack was redeployed with another app client.'],
  ['waf_blocked', 'A web ACL is attached.'],
  ['distribution_in_front', 'CloudFront is in front.'],
  ['logout_parameters', 'Sign-out ends at an error.'],
  ['lambda_trigger_failed', 'We have a trigger.'],
  ['cognito_throttled', 'It throttles us.'],
  ['cognito_connection_lost', 'The connection was closed.'],
  ['cognito_timeout', 'It hangs.'],
])
