import { signInRules } from '../../../core/explain/sign-in-rules.ts'
import { testRules } from '../../fixtures/core/pasted.ts'

const login = 'https://demo.auth.example/oauth2/authorize?client_id=demo'

testRules(signInRules, [
  [login, []],
  [`${login}&scope=openid offline_access`, ['scope_unknown proved', 'scope_unknown likely']],
  ['error=invalid_scope: openid offline_access', ['scope_unknown likely']],
  ['offline_access', []],
  [`${login}&resource=https://api.example`, ['resource_server_missing likely']],
  [
    "redirectSignIn: 'x', redirect_uri: 'https://a.example,http://b.example'",
    ['callback_not_registered likely'],
  ],
  [`fetch ${login} blocked by CORS policy`, ['sign_in_by_script likely']],
  ['https://demo.auth.example/oauth2/token blocked by CORS policy', []],
  [
    'https://demo.auth.example/.well-known/openid-configuration 404',
    ['client_library_discovery likely'],
  ],
  [
    'https://demo.auth.example/logout?client_id=demo&post_logout_redirect_uri=https://app.example',
    ['logout_parameters proved'],
  ],
  ['https://demo.auth.example/logout?client_id=demo&logout_uri=https://app.example', []],
])
