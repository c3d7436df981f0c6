import { grantTypes } from '../causes/cause.ts'
import {
  choiceField,
  type Field,
  listField,
  optionalTextField,
  subsetField,
  switchField,
  textField,
  wholeNumberField,
} from './field.ts'
import { syntaxes } from './syntax.ts'

/** The origins of web views in hybrid apps, and of browser extensions whose origin differs from browser to browser. */
function isAppOrigin(item: unknown): boolean {
  return typeof item === 'string' && /^(?!https?:)[a-z][a-z0-9+.-]*:\/\//.test(item)
}

/** Every field that a client may have, in the order in which its problems are noted; no other is known. */
export const clientFields = {
  name: textField({
    syntax: syntaxes.alias,
    rule: 'must match [a-z][a-z0-9-]{0,31}, and not be unknown or cookie-key',
    meaning:
      'Unique alias `[a-z][a-z0-9-]{0,31}`; metrics and records name the client with it. `unknown` and `cookie-key` have a meaning there, and are refused.',
  }),
  clientId: textField({
    syntax: syntaxes.clientId,
    rule: "must be an app client's id",
    meaning: "The app client's id, unique.",
  }),
  secretId: textField({
    syntax: syntaxes.secretId,
    rule: 'must name a secret',
    meaning:
      'Name or ARN of the secret: `{"client_id": …, "client_secret": …}`; a plain string is the secret itself. An ARN may leave out the hyphen and the six random characters at its end, unless the name ends in a hyphen and six characters itself: Secrets Manager would take those for the random ones.',
  }),
  domain: textField({
    syntax: syntaxes.baseUrl,
    rule: 'must be https://HOST without a path',
    meaning:
      'Base URL of the user pool domain: https without a path; http only on a loopback host.',
  }),
  userPoolId: optionalTextField({
    syntax: syntaxes.userPoolId,
    rule: 'must be a user pool id',
    meaning:
      "The user pool's id. It determines the issuer, and the proxy reads this pool to explain failures.",
  }),
  userPoolRegion: {
    ...optionalTextField({
      syntax: syntaxes.region,
      rule: 'must name an AWS Region',
      meaning:
        'For a user pool with a replica: the Region in which the proxy reads it. [Several Regions](operations.md#several-regions) says when to set it.',
    }),
    derivedFrom: 'userPoolId',
  },
  issuer: {
    ...optionalTextField({
      syntax: syntaxes.plainUrl,
      rule: 'must be an https URL',
      meaning: "The user pool's issuer, an https URL.",
    }),
    derivedFrom: 'userPoolId',
  },
  origins: listField({
    syntax: syntaxes.origin,
    rule: 'must be an exact https origin',
    explain: (item) =>
      isAppOrigin(item)
        ? ': an app with a scheme of its own calls as docs/native-apps.md says'
        : '',
    meaning:
      'Exact origins that may call, also of a Chrome extension (`chrome-extension://ID`); `[]` with `allowNoOrigin` for native apps only.',
  }),
  allowNoOrigin: switchField({
    byDefault: false,
    meaning: 'Whether requests without an `Origin` header are accepted, as native apps send them.',
  }),
  redirectUris: listField({
    byDefault: [],
    syntax: syntaxes.redirectUri,
    rule: 'must be an https, loopback or private-scheme URI without a fragment',
    meaning: 'Exact redirect URIs; required if the code grant is allowed.',
  }),
  logoutUris: listField({
    byDefault: [],
    syntax: syntaxes.redirectUri,
    rule: 'must be an https, loopback or private-scheme URI without a fragment',
    meaning:
      'Exact addresses that `/logout` may lead to as `post_logout_redirect_uri`. With any, the discovery document names `/logout` of the proxy.',
  }),
  droppedScopes: listField({
    byDefault: [],
    syntax: syntaxes.scope,
    rule: 'must be a scope',
    meaning:
      'Scopes that `/oauth2/authorize` takes out because Cognito refuses them, such as `offline_access`. With any, the discovery document names `/oauth2/authorize` of the proxy.',
  }),
  dropResource: switchField({
    byDefault: false,
    meaning:
      'Whether `/oauth2/authorize` takes out `resource`, which Cognito refuses for a resource server that the pool does not have. With it, the discovery document names `/oauth2/authorize` of the proxy.',
  }),
  grants: subsetField(grantTypes, {
    rule: 'must be a supported grant',
    meaning: 'Subset of `authorization_code`, `refresh_token`.',
  }),
  refreshToken: choiceField(['body', 'cookie'], {
    byDefault: 'body',
    rule: 'must be "body" or "cookie"',
    meaning:
      '`"body"`: the front end gets the refresh token in the answer. `"cookie"`: the refresh token is in a cookie that no script can read; see [cookie mode](cookie-mode.md).',
  }),
  repeatRefreshToken: switchField({
    byDefault: false,
    meaning:
      'Whether the answer to a refresh repeats the refresh token where Cognito sends none, for libraries that would forget it. Only with `refreshToken` `"body"`.',
  }),
  refreshTokenRotation: choiceField(['off', 'on', 'unknown'], {
    byDefault: 'unknown',
    rule: 'must be "off", "on" or "unknown"',
    meaning:
      "The app client's rotation setting: `off`, `on` or `unknown`. A refresh of unknown outcome is repeated only with `off`, or with `on` within the grace period.",
  }),
  retryGracePeriodSeconds: wholeNumberField({
    byDefault: 0,
    least: 0,
    most: 60,
    meaning: "The app client's `RetryGracePeriodSeconds`, 0 to 60; only with rotation `on`.",
  }),
} as const satisfies Readonly<Record<string, Field<unknown>>>

/** The issuer of a user pool; undefined without a pool. */
export function toIssuer(userPoolId: string | undefined): string | undefined {
  const region = syntaxes.userPoolId.pattern.exec(userPoolId ?? '')?.[1]
  const suffix = region?.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com'
  return region && `https://cognito-idp.${region}.${suffix}/${userPoolId}`
}
