import { hasParameter, type Pasted, type Rule } from './rule.ts'

const isClientRefused = ({ wording }: Pasted) =>
  wording === 'invalid_client' || wording === 'invalid_client_secret' || wording === 'bare_400'
const sendsSecret = (pasted: Pasted) =>
  hasParameter(pasted, 'client_secret') ||
  !['absent', 'empty_secret'].includes(pasted.request.basic)

/** What the credentials in the text show. */
export const credentialRules: readonly Rule[] = [
  {
    reason: 'malformed_basic_header',
    verdict: 'proved',
    because: 'The Basic value is base64 of base64.',
    applies: ({ request }) => request.basic === 'encoded_twice',
  },
  {
    reason: 'malformed_basic_header',
    verdict: 'likely',
    because: 'The Basic value does not decode to client_id:client_secret.',
    applies: ({ request }) => request.basic === 'not_a_pair',
  },
  {
    reason: 'malformed_basic_header',
    verdict: 'likely',
    because: 'The pair in the Basic value is percent-encoded.',
    applies: ({ request }) => request.basic === 'percent_encoded',
  },
  {
    reason: 'malformed_basic_header',
    verdict: 'excluded',
    because: 'The request has no Basic header.',
    applies: (pasted) => pasted.request.isShown && pasted.request.basic === 'absent',
  },
  {
    reason: 'empty_secret',
    verdict: 'likely',
    because: 'The request sends an empty secret.',
    applies: (pasted) =>
      pasted.request.basic === 'empty_secret' ||
      pasted.request.valuesOf('client_secret').includes(''),
  },
  {
    reason: 'client_secret_missing',
    verdict: 'likely',
    because: 'The request shows neither a client_secret nor an Authorization header.',
    applies: (pasted) => isClientRefused(pasted) && pasted.request.isShown && !sendsSecret(pasted),
  },
  {
    reason: 'client_secret_missing',
    verdict: 'excluded',
    because: 'The request sends a secret.',
    applies: sendsSecret,
  },
  {
    reason: 'client_secret_missing',
    verdict: 'likely',
    because: 'The text says that the app client has a secret and none came.',
    applies: ({ text }) =>
      /\bconfigured with secret but\b|\bSECRET_HASH was not received\b/i.test(text),
  },
  {
    reason: 'caller_sent_credentials',
    verdict: 'likely',
    because: 'A request of a browser or an app has a client secret or a bearer token.',
    applies: (pasted) =>
      /^bearer\b/i.test(pasted.request.headerOf('authorization') ?? '') ||
      (hasParameter(pasted, 'client_secret') &&
        /^[ <]{0,4}origin["']?\s{0,4}:|\bangular\b|\breact\b|\bfetch\(/im.test(pasted.text)),
  },
]
