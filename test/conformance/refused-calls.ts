import { codeGrant } from './proxy.ts'
import type { Refusal } from './refusals.ts'

/** One request for each cause that is refused before anything is fetched or sent. */
export const refusedCalls: readonly Refusal[] = [
  { says: 'a wrong path', call: { path: '/oauth/token' }, cause: 'route_not_found' },
  { says: 'a GET', call: { method: 'GET' }, cause: 'method_not_allowed' },
  {
    says: 'JSON',
    call: { headers: { 'content-type': 'application/json' }, body: '{}' },
    cause: 'content_type_unsupported',
  },
  {
    says: 'a body of a megabyte',
    call: { body: 'a'.repeat(1_000_000) },
    cause: 'body_too_large',
    detail: 'body',
  },
  { says: 'no body', call: {}, cause: 'body_malformed', detail: 'empty' },
  { says: 'a query', call: { path: '/oauth2/token?code=x' }, cause: 'query_not_allowed' },
  {
    says: 'no code',
    call: { body: codeGrant({ code: '' }) },
    cause: 'parameter_missing',
    detail: 'code',
  },
  { says: 'a parameter given twice', call: { body: 'a=1&a=2' }, cause: 'parameter_repeated' },
  {
    says: 'a code with a space',
    call: { body: codeGrant({ code: 'a b' }) },
    cause: 'parameter_malformed',
    detail: 'code',
  },
  {
    says: 'the password grant',
    call: { body: codeGrant({ grant_type: 'password' }) },
    cause: 'grant_type_unsupported',
  },
  {
    says: 'an unknown client',
    call: { body: codeGrant({ client_id: 'nobody' }) },
    cause: 'client_unknown',
  },
  {
    says: 'a client secret from the caller',
    call: { body: codeGrant({ client_secret: 'value' }) },
    cause: 'caller_sent_credentials',
    detail: 'client_secret',
  },
  {
    says: 'a DPoP proof',
    call: { body: codeGrant(), headers: { dpop: 'e30.e30.c2ln' } },
    cause: 'dpop_unsupported',
  },
  {
    says: 'a foreign origin',
    call: { body: codeGrant(), headers: { origin: 'https://evil.example' } },
    cause: 'origin_not_allowed',
    detail: 'unlisted',
  },
  {
    says: 'a foreign redirect URI',
    call: { body: codeGrant({ redirect_uri: 'https://evil.example/' }) },
    cause: 'redirect_uri_not_allowed',
    detail: 'nothing_near',
  },
  {
    says: 'no verifier',
    call: { body: codeGrant({ code_verifier: undefined }) },
    cause: 'pkce_verifier_missing',
  },
  {
    says: 'a short verifier',
    call: { body: codeGrant({ code_verifier: 'short' }) },
    cause: 'pkce_verifier_malformed',
  },
]
