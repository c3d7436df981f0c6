import { hasParameter, type Rule } from './rule.ts'

/** What the addresses and the scopes in the text show. */
export const signInRules: readonly Rule[] = [
  {
    reason: 'scope_unknown',
    verdict: 'proved',
    because: 'The request asks for offline_access, which is no scope of Cognito.',
    applies: ({ text, wording }) =>
      /\bscopes?["']?\s{0,3}[=:][^&\n]{0,200}\boffline_access\b/.test(text) &&
      (wording === 'invalid_scope' || /\/oauth2\/authorize\b/.test(text)),
  },
  {
    reason: 'scope_unknown',
    verdict: 'likely',
    because: 'The text names offline_access, which is no scope of Cognito.',
    applies: ({ text, wording }) =>
      /\boffline_access\b/.test(text) &&
      (wording === 'invalid_scope' || /\/oauth2\/authorize\b/.test(text)),
  },
  {
    reason: 'resource_server_missing',
    verdict: 'likely',
    because: 'The request names a resource (RFC 8707).',
    applies: (pasted) => hasParameter(pasted, 'resource'),
  },
  {
    reason: 'callback_not_registered',
    verdict: 'likely',
    because: 'Two redirect URIs stand in one value, with a comma between them.',
    applies: ({ text }) =>
      /\bredirect_?uri\w{0,8}["']?\s{0,4}[=:]\s{0,4}["']?https?:[^\s"'&]{1,512},\s?https?:/i.test(
        text,
      ),
  },
  {
    reason: 'sign_in_by_script',
    verdict: 'likely',
    because: 'The browser reports the address of a page, which scripts cannot call.',
    applies: ({ text, wording, request }) =>
      wording === 'cors' &&
      request.paths.some((path) => /\/(?:oauth2\/authorize|login|logout)$/.test(path)) &&
      /\b(?:fetch|XMLHttpRequest|CORS)\b/i.test(text),
  },
  {
    reason: 'client_library_discovery',
    verdict: 'likely',
    because: 'The address is that of a discovery document.',
    applies: ({ request }) => request.paths.some((path) => path.includes('/.well-known/')),
  },
  {
    reason: 'logout_parameters',
    verdict: 'proved',
    because: 'The request to /logout has parameters that Cognito does not know, and no logout_uri.',
    applies: (pasted) =>
      /\/logout\?(?:[^\s"'<>]{0,2048}&)?(?:post_logout_redirect_uri|id_token_hint)=/.test(
        pasted.text,
      ) && !hasParameter(pasted, 'logout_uri'),
  },
]
