import type { cookie } from '../core/causes/cookie.ts'
import { numberSettings } from '../core/settings/table.ts'
import type { RunbookTextOf } from './text.ts'

const maxAge = numberSettings.cookieMaxAgeSeconds
const cooldown = numberSettings.secretRefetchCooldownSeconds

/** Refused because of the cookie that holds the refresh token, or of the header that must come with it. */
export const cookieTexts = {
  csrf_header_missing: {
    meaning:
      'A request for a client that keeps its refresh token in a cookie came without the header `X-Requested-With: token-proxy`.',
    impact:
      'If the front end sent it: nobody can sign in or refresh there. If another page made a browser submit a form: no harm is done. This is the attack that the header prevents.',
    diagnosis: [
      "Check the request headers in the browser's network tab. A form or a plain link cannot send this header. A front end that is not configured for cookie mode does not send it.",
      '`behind_cdn` in `evidence` means that a CDN in front of the proxy passed the request on, and may have dropped the header. It must forward `X-Requested-With`, `Origin` and cookies.',
    ],
    mitigation: [
      'Configure the OAuth library to send the header with exactly this value; see [cookie mode](../cookie-mode.md).',
    ],
    prevention: 'Change `refreshToken` and the configuration of the front end together.',
  },
  sign_in_cookie_missing: {
    meaning:
      "A code exchange of a client in cookie mode came without the cookie of its sign-in: sign-in did not begin at the proxy's own `/oauth2/authorize`, or began in another browser.",
    impact:
      'This user has to start sign-in again. If it affects everybody, nobody can sign in at this client. Nothing was sent to Cognito.',
    diagnosis: [
      "If it affects everybody, the front end begins sign-in at Cognito's domain. Check the address of the first redirect in the browser's network tab.",
      "If it is the proxy's, its response must have `Set-Cookie` with `__Host-sign-in-`. If it does, and the exchange does not send the cookie, the exchange lacks `credentials: 'include'`, or front end and proxy are on different sites.",
      'A few are normal: sign-ins that took longer than an hour, an exchange that was sent again after it had ended, or a user with more than eight sign-ins open. Somebody who tries to use a stolen code elsewhere gets this answer, too.',
    ],
    mitigation: [
      "Configure the OAuth library with the proxy's `/oauth2/authorize`, or let it read the proxy's discovery document; see [cookie mode](../cookie-mode.md).",
    ],
    prevention: 'Change `refreshToken` and the configuration of the front end together.',
  },
  refresh_cookie_missing: {
    meaning: 'A refresh or a sign-out of a client in cookie mode came without its cookie.',
    impact:
      'The user has to sign in again. If it affects everybody, nobody stays signed in for longer than an access token lives.',
    diagnosis: [
      'A few are normal: users who never signed in here, who signed out, or whose cookie expired.',
      "If all refreshes fail, check the response to the code exchange in the browser's network tab: it must have `Set-Cookie`. If it does and the browser does not keep the cookie, the request lacked `credentials: 'include'`, or front end and proxy are on different sites.",
    ],
    mitigation: [
      "Send token and revocation requests with `credentials: 'include'`, and serve the proxy under a host name on the front end's own site.",
    ],
    prevention: `Set \`${maxAge.variable}\` to the lifetime of the refresh token (${maxAge.byDefault} ${maxAge.unit} by default).`,
  },
  refresh_cookie_unreadable: {
    meaning:
      'None of the keys can open the cookie of the request. The caller gets the same answer as without a cookie.',
    impact: 'The user has to sign in again.',
    diagnosis: [
      'A few are normal: cookies that somebody modified, or users who were away during two changes of the key. Many at once with `key_unknown` after a change of the key mean that it was changed twice. Everybody who did not refresh between the changes is signed out.',
      {
        query:
          "filter cause = 'refresh_cookie_unreadable'\n| stats count(*) as failures by evidence.0, client, bin(15m)\n| sort failures desc",
      },
    ],
    evidence: {
      malformed: 'the value does not have the format that the proxy writes',
      not_authentic: 'the key is known, but the cookie was modified or belongs to another client',
      key_unknown: 'it names a key that is not the current, previous or next one',
      sent_twice:
        'the request has two cookies with this name, but a browser keeps only one: another program sent the request, or set one of them; the browser keeps its cookie',
    },
    mitigation: [
      'If the key was changed twice and has not leaked, make the first key the previous version again. Its cookies then work again.',
      {
        command: `aws secretsmanager update-secret-version-stage --secret-id SECRET \\
  --version-stage AWSPREVIOUS --move-to-version-id THE_FIRST_KEYS_VERSION \\
  --remove-from-version-id THE_VERSION_THAT_HAS_IT`,
      },
    ],
    prevention: `Change the key as described in [cookie mode](../cookie-mode.md), and not again before \`${maxAge.variable}\` has passed.`,
  },
  refresh_cookie_undecided: {
    meaning: `The cookie of the request names a key that this sandbox does not have, and the sandbox already read the keys again less than \`${cooldown.variable}\` ago (${cooldown.byDefault} ${cooldown.unit} by default).`,
    impact:
      'The user keeps the cookie. The front end is told to send the request again, and then it is decided.',
    diagnosis: [
      'Was the key changed a moment ago? Then these are valid cookies that other sandboxes sealed with the new key, and they stop by themselves.',
      'If the key was not changed, somebody sends forged cookies. They cost one read of the keys for each sandbox and cool-down, and nothing else.',
      {
        query:
          "filter cause = 'refresh_cookie_undecided'\n| stats count(*) as failures by client, bin(5m)\n| sort failures desc",
      },
    ],
    evidence: {
      key_unknown:
        'it names a key that is not the current, previous or next one that the sandbox knows',
      cooling_down: 'the keys were read again a moment ago, for another cookie of an unknown key',
    },
    mitigation: [
      'None is needed. In a flood, see what can be done when [somebody sends too much](an-alarm-fired.md#when-somebody-sends-too-much).',
    ],
    prevention:
      'Announce a new key before it becomes current, as described in [cookie mode](../cookie-mode.md): then every sandbox knows it in time.',
  },
} as const satisfies { readonly [N in keyof typeof cookie]: RunbookTextOf<N> }
