import { oauthWords } from '../../../core/explain/oauth-words.ts'
import { testWordings } from '../../fixtures/core/wording-table.ts'

testWordings(oauthWords, [
  ['Error: invalid client', 'invalid_client'],
  ['"{\\"error\\":\\"invalid_client\\"}"', 'invalid_client'],
  ['{&quot;error&quot;:&quot;invalid_grant&quot;}', 'invalid_grant'],
  ['https://app.example/cb?error=unauthorized%5Fclient', 'unauthorized_client'],
  ['the server said unathorized_client', 'unauthorized_client'],
  ['code: 400, message: unsupported_grant_type', 'unsupported_grant_type'],
  ['status 400 Invalid scope', 'invalid_scope'],
  ['error=redirect_mismatch&client_id=demo', 'redirect_mismatch'],
])
