import { hasParameter, type Rule } from './rule.ts'

const postToToken = /\bPOST\s{1,3}(?:https?:\/\/[^\s/]{1,255})?\/oauth2\/token\b/
const otherToToken =
  /\b(?:GET|PUT|DELETE|HEAD|PATCH)\s{1,3}(?:https?:\/\/[^\s/]{1,255})?\/oauth2\/token\b/
/** A redirect URI without placeholders, and not encoded more than once. */
const wholeUri = /^[a-z][a-z0-9+.-]{0,40}:\/{1,3}(?!\.\.\.)[^%…*{}$]{1,2048}$/i
const formType = /^application\/x-www-form-urlencoded(?:\s*;.*)?$/i

/** What the request in the text shows. */
export const requestRules: readonly Rule[] = [
  {
    reason: 'method_not_allowed',
    verdict: 'proved',
    because: 'The request to the token endpoint is no POST.',
    applies: ({ text, request: { method = 'POST', paths } }) => {
      if (postToToken.test(text)) return false
      // A method belongs to the token endpoint only where it is written there, or no other address is in the text.
      const isOnly = paths.length > 0 && paths.every((path) => path.endsWith('/oauth2/token'))
      return otherToToken.test(text) || (isOnly && !['POST', 'OPTIONS'].includes(method))
    },
  },
  {
    reason: 'content_type_unsupported',
    verdict: 'proved',
    because: 'The Content-Type of the request is not application/x-www-form-urlencoded.',
    applies: (pasted) => {
      const type = pasted.request.headerOf('content-type')
      return pasted.request.isShown && type !== undefined && !formType.test(type) && !isAnswer(type)
    },
  },
  {
    reason: 'body_malformed',
    verdict: 'likely',
    because: 'The parameters are sent as JSON.',
    applies: ({ request, text }) =>
      request.isShown &&
      (/(?:-d|--data[a-z-]{0,12})[ =]["']?\s?\{/.test(text) || /JSON\.stringify\(/.test(text)),
  },
  {
    reason: 'grant_type_unsupported',
    verdict: 'proved',
    because: 'The grant_type of the request is not one that Cognito has at its token endpoint.',
    applies: ({ request }) =>
      request.valuesOf('grant_type').length > 0 &&
      request
        .valuesOf('grant_type')
        .every((grant) => /^(?:password|implicit|device_code|urn:[\w:.-]{5,80})$/.test(grant)),
  },
  {
    reason: 'parameter_missing',
    verdict: 'likely',
    because: 'The request does not show every parameter that its grant needs.',
    applies: (pasted) => {
      if (!pasted.request.isShown) return false
      if (!hasParameter(pasted, 'client_id') && pasted.request.basic === 'absent') return true
      const needed = { code: ['code', 'redirect_uri'], refresh: ['refresh_token'] } as const
      const names = needed[pasted.request.step as keyof typeof needed] ?? []
      return names.some((name) => !hasParameter(pasted, name))
    },
  },
  {
    reason: 'route_not_found',
    verdict: 'likely',
    because: 'The path of the request is not /oauth2/token.',
    applies: ({ request }) =>
      request.paths.some(
        (path) =>
          /\/(?:oauth\/token|oauth2\/tokens|oauth2|token)\/?$/.test(path) &&
          !path.endsWith('/oauth2/token'),
      ),
  },
  {
    reason: 'accept_without_json',
    verdict: 'likely',
    because: 'The Accept header of the request does not include JSON.',
    applies: ({ request, wording }) => {
      const accept = request.headerOf('accept')
      return wording === 'method_refused' && accept !== undefined && !/json|\*\/\*/i.test(accept)
    },
  },
  {
    reason: 'redirect_uri_mismatch',
    verdict: 'proved',
    because: 'The redirect_uri of the exchange is not the one of the sign-in in the same text.',
    applies: ({ request: { authorizeRedirects, tokenRedirects, valuesOf } }) =>
      // The sign-in of another app client has another redirect URI by right.
      new Set(valuesOf('client_id')).size < 2 &&
      authorizeRedirects.length > 0 &&
      tokenRedirects.length > 0 &&
      [...authorizeRedirects, ...tokenRedirects].every((uri) => wholeUri.test(uri)) &&
      !tokenRedirects.some((uri) => authorizeRedirects.includes(uri)),
  },
  {
    reason: 'code_already_used',
    verdict: 'likely',
    because: 'The same code is sent more than once.',
    applies: ({ request, text }) => {
      const codes = request.valuesOf('code').filter((code) => code.length > 8)
      const posts = text.split(/\bgrant_type\b/).length - 1
      return posts > 1 && new Set(codes).size < codes.length
    },
  },
  {
    reason: 'pkce_verifier_missing',
    verdict: 'likely',
    because: 'Sign-in sent a code_challenge, and the exchange shows no code_verifier.',
    applies: (pasted) =>
      pasted.request.isShown &&
      hasParameter(pasted, 'code_challenge') &&
      !hasParameter(pasted, 'code_verifier'),
  },
]

function isAnswer(contentType: string): boolean {
  return /^(?:text\/html|application\/json\s*;\s*charset)/i.test(contentType)
}
