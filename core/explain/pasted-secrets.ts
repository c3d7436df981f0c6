/** A kind of credential that people paste without meaning to. */
interface SecretKind {
  readonly name: string
  /** What to do about it, now. */
  readonly advice: string
  readonly pattern: RegExp
}

/** The beginning of a value after its name, in a form, in JSON, in code or in a header. */
const is = `\\\\{0,4}["']?\\s{0,4}(?:[=:]|=>)\\s{0,4}\\\\{0,4}["']?`
/** A value and no placeholder: words in capitals, angle brackets, dots and stars stand for one. */
const value = `(?![A-Z_]{2,40}\\b(?![a-z0-9]))(?=[^\\s"'&,;<>{}$*…]{6})`

/** Every kind that is recognised, the most dangerous first. */
export const secretKinds = {
  client_secret: {
    name: 'a client secret',
    advice:
      'Add a new secret to the app client (aws cognito-idp add-user-pool-client-secret), use it, and delete the old one.',
    pattern: new RegExp(
      `(?<![a-z0-9])(?:[a-zA-Z]{0,20}[cC]lient[._-]?[sS]ecret(?:[vV]alue)?|(?:CLIENT|APP)_?SECRET|SECRET_?HASH|SecretHash)(?:${is}|>|["']?\\s{1,4}["']?(?=[a-z0-9+/]{0,40}\\d))${value}`,
    ),
  },
  basic_value: {
    name: 'the value of a Basic header, which contains the client secret',
    advice:
      'Add a new secret to the app client (aws cognito-idp add-user-pool-client-secret), use it, and delete the old one.',
    pattern:
      /\bbasic\s{1,4}(?=[A-Za-z0-9+/]{16})|(?:^|\s)(?:-u|--user)[ =]["']?[^\s:"']{1,128}:[^\s"']{6}|\bHTTPBasicAuth\(\s?[^\s,]{1,128},\s?["'][^"']{6}|\bauth\s?=\s?\(\s?["'][^"']{1,128}["'],\s?["'][^"']{6}|:\/\/[^\s/:@]{1,128}:[^\s/:@]{6,128}@/i,
  },
  aws_key: {
    name: 'an AWS access key',
    advice:
      'Deactivate the key (aws iam update-access-key --status Inactive) and create another one.',
    pattern:
      /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\b(?:aws_?)?(?:secret_?access_?key|session_?token)["']?\s{0,4}[=:]/i,
  },
  refresh_token: {
    name: 'a refresh token',
    advice:
      'Revoke it: POST it as token to /oauth2/revoke of the domain. It stays valid for days otherwise.',
    pattern: new RegExp(
      `(?<![a-z0-9])(?:refresh[_-]token|REFRESH_TOKEN|[Rr]efreshToken)${is}${value}|\\beyJ[\\w-]{8,}(?:\\.[\\w-]{2,}){4}`,
    ),
  },
  access_or_id_token: {
    name: 'an access or ID token',
    advice:
      'Revoke the refresh token of the same sign-in, or sign the user out (aws cognito-idp admin-user-global-sign-out); the token itself is valid until it expires.',
    pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,}|\bbearer\s{1,4}(?=[\w.-]{16})/i,
  },
  cookie: {
    name: 'a cookie',
    advice: 'Sign out in that browser, which ends the session of the cookie.',
    pattern:
      /(?:^|[\s"'])(?:(?:set-)?cookie["']?\s{0,4}:|(?:-b|--cookie)[ =])\s{0,4}["']?[\w.-]{1,128}=[^\s;"']{6}/im,
  },
  authorization_code: {
    name: 'an authorization code',
    advice:
      'Nothing: it can be used once and expires after five minutes. Do not paste a fresh one.',
    pattern: new RegExp(
      `(?:^|[\\s?&"'{,])(?:auth(?:orization)?_?)?[cC]ode${is}(?=[\\w-]{16})${value}`,
      'm',
    ),
  },
  code_verifier: {
    name: 'a code verifier',
    advice: 'Nothing: it is of use only with the code of the same sign-in.',
    pattern: new RegExp(`\\b(?:code_verifier|codeVerifier)${is}${value}`),
  },
  password: {
    name: 'a password',
    advice: 'Change it.',
    pattern: new RegExp(`(?<![a-z0-9])(?:[Pp]assword|PASSWORD)${is}${value}`),
  },
} as const satisfies Readonly<Record<string, SecretKind>>

/** The name of a kind of credential. */
export type SecretKindName = keyof typeof secretKinds

/** Finds which kinds of credentials a pasted text has. Nothing of them is returned. */
export function findPastedSecrets(text: string): readonly SecretKindName[] {
  const names = Object.keys(secretKinds) as readonly SecretKindName[]
  return names.filter((name) => secretKinds[name].pattern.test(text))
}
