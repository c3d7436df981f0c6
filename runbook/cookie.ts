import type { cookie } from '../core/causes/cookie.ts'
import { numberSettings } from '../core/settings/table.ts'
import type { RunbookTextOf } from './text.ts'

const maxAge = numberSettings.cookieMaxAgeSeconds

/** Refused because of the cookie that stands for the refresh token, or of what must come with it. */
export const cookieTexts = {
  csrf_header_missing: {
    meaning:
      'A request for a client that keeps its refresh token in a cookie came without the header `X-Requested-With: token-proxy`.',
    impact:
      'If it is the front end: nobody signs in or refreshes through it. If it is another page that made a browser send a form, nobody is harmed: this is what the header is for.',
    diagnosis: [
      "See the request headers in the browser's network tab. A form or a plain link cannot send this header; a front end that was not told of cookie mode does not.",
    ],
    mitigation: [
      'Let the OAuth library send the header, with exactly this value; see [cookie mode](../cookie-mode.md).',
    ],
    prevention: "Set `refreshToken` and the front end's configuration in one change.",
  },
  refresh_cookie_missing: {
    meaning: 'A refresh or a sign-out of a cookie client came without its cookie.',
    impact: 'The user signs in again. If it is everybody, nobody stays signed in past an hour.',
    diagnosis: [
      'Single ones are users who were never signed in here, have signed out, or whose cookie has ended; nothing is wrong.',
      "If it is all of them, look at the answer to the code exchange in the browser's network tab: it must have `Set-Cookie`. If it has and the cookie is not kept, the request lacked `credentials: 'include'`, or front end and proxy are not of one site.",
    ],
    mitigation: [
      "Send token and revocation requests with `credentials: 'include'`, and serve the proxy under a host name of the front end's own site.",
    ],
    prevention: `Give \`${maxAge.variable}\` the lifetime of the refresh token (${maxAge.byDefault} ${maxAge.unit} by default).`,
  },
  refresh_cookie_unreadable: {
    meaning:
      'A cookie came that none of the keys opens. The caller is told what it is told without a cookie.',
    impact: 'The user signs in again.',
    diagnosis: [
      'A few are cookies that somebody changed, or of users who were away through two changes of the key. Many at once with `key_unknown`, after a change of the key, mean that it was changed twice: everybody who has not refreshed between the changes is signed out.',
      {
        query:
          "filter cause = 'refresh_cookie_unreadable'\n| stats count(*) as failures by evidence.0, client, bin(15m)\n| sort failures desc",
      },
    ],
    evidence: {
      malformed: 'the text is not of the form that the proxy writes',
      not_authentic: 'the key is known, but the cookie was changed or is of another client',
      key_unknown: 'it names a key that is neither the current, the previous nor the next one',
      sent_twice:
        'the request has two cookies of this one name, of which a browser can keep but one: another program has sent it, or has set one of them; the browser keeps its cookie',
    },
    mitigation: [
      'Where the key was changed twice and has not leaked: put the first key back as the previous version, and its cookies open again.',
      {
        command: `aws secretsmanager update-secret-version-stage --secret-id SECRET \\
  --version-stage AWSPREVIOUS --move-to-version-id THE_FIRST_KEYS_VERSION \\
  --remove-from-version-id THE_VERSION_THAT_HAS_IT`,
      },
    ],
    prevention: `Change the key as [cookie mode](../cookie-mode.md) says, and not again before \`${maxAge.variable}\` has passed.`,
  },
} as const satisfies { readonly [N in keyof typeof cookie]: RunbookTextOf<N> }
