import { answerRules } from '../../../core/explain/answer-rules.ts'
import { testRules } from '../../fixtures/core/pasted.ts'

testRules(answerRules, [
  ['{"error":"invalid_grant"}', []],
  ['PreTokenGeneration failed with error Rate exceeded.', ['lambda_trigger_failed likely']],
  ['HTTP/2 202\nx-amzn-waf-action: challenge', ['waf_blocked proved', 'waf_blocked likely']],
  ['403: Request not allowed due to WAF block.', ['waf_blocked likely']],
  [
    'This distribution is not configured to allow the HTTP request method that was used',
    ['distribution_in_front proved', 'waf_blocked excluded'],
  ],
  ['429 Rate exceeded', ['cognito_throttled likely']],
  ['HTTP/1.1 429 Slow down', []],
  [
    "can't find the specified secret value for staging label: AWSCURRENT",
    ['secret_malformed likely'],
  ],
  ['is not authorized to perform: secretsmanager:GetSecretValue', ['secret_access_denied likely']],
  ['getaddrinfo ENOTFOUND demo.auth.example', ['domain_not_found likely']],
  ['read ECONNRESET', ['cognito_connection_lost likely']],
])
