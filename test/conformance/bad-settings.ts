import { webClient } from './proxy.ts'

type Environment = Readonly<Record<string, string>>

/** A client without a fault. */
export const client = { ...webClient, domain: 'http://127.0.0.1:1' }
/** The same with its refresh token in a cookie. */
const cookieClient = { ...client, refreshToken: 'cookie' }
/** The variable that holds the clients. */
export const toClients = (...clients: readonly unknown[]) => ({
  TOKEN_PROXY_CLIENTS: JSON.stringify(clients),
})
/** Where the first client, or a field of it, stands. */
export const at = (rest: string) => `TOKEN_PROXY_CLIENTS[0]${rest}`

const redirectRule = 'must be an https, loopback or private-scheme URI without a fragment'
const originRule = 'must be an exact https origin'
/** Lists of a client: unusable members of each, and the rule that they break. */
export const lists: readonly (readonly [string, readonly unknown[], string])[] = [
  [
    'origins',
    [
      '*',
      'https://*.example',
      'http://app.example',
      'https://app.example/',
      'https://APP.example',
      'https://app.example:443',
      'https://203.0.113.1',
      'https://a:b@app.example',
      'null',
      '',
      7,
    ],
    originRule,
  ],
  [
    'redirectUris',
    [
      'https://app.example/*',
      'http://app.example/callback',
      'https://a:b@app.example/',
      'https://203.0.113.1/',
      'https://app.example/#x',
      'javascript:alert(1)',
      '/callback',
      7,
    ],
    redirectRule,
  ],
]

/** Fields of a client: unusable values of each, and the rule that they break. */
export const texts: readonly (readonly [string, readonly unknown[], string])[] = [
  ['name', ['Web', '', 'a'.repeat(33), 'unknown', 7], 'must match [a-z][a-z0-9-]{0,31}'],
  ['clientId', ['a b', '', 'a'.repeat(129), null], "must be an app client's id"],
  ['secretId', ['change-me', 'your-secret', 'a b', ''], 'must name a secret'],
  [
    'domain',
    [
      'http://auth.example',
      'https://auth.example/path',
      'https://a:b@auth.example',
      'https://203.0.113.1',
      'https://[2001:db8::1]',
      'https://https://auth.example',
      '',
    ],
    'must be https://HOST without a path',
  ],
  ['userPoolId', ['pool', ''], 'must be a user pool id'],
  ['issuer', ['http://issuer.example', 'https://issuer.example/?a'], 'must be an https URL'],
  ['refreshToken', ['cookies'], 'must be "body" or "cookie"'],
  ['allowNoOrigin', ['true', 1], 'must be true or false'],
  ['refreshTokenRotation', [true, 'yes'], 'must be "off", "on" or "unknown"'],
  ['retryGracePeriodSeconds', [-1, 61, 1.5, '9'], 'must be a whole number from 0 to 60'],
]

/** The numeric settings and their bounds. */
export const numbers: readonly (readonly [string, string])[] = [
  ['TOKEN_PROXY_DEADLINE_MS', 'from 500 to 14000'],
  ['TOKEN_PROXY_DEADLINE_MARGIN_MS', 'from 50 to 5000'],
  ['TOKEN_PROXY_CONNECT_TIMEOUT_MS', 'from 50 to 10000'],
  ['TOKEN_PROXY_IDLE_CONNECTION_MS', 'from 0 to 60000'],
  ['TOKEN_PROXY_SECRET_TIMEOUT_MS', 'from 50 to 10000'],
  ['TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS', 'from 1 to 3600'],
  ['TOKEN_PROXY_SECRET_HARD_AGE_SECONDS', 'from 60 to 604800'],
  ['TOKEN_PROXY_SECRET_REFETCH_COOLDOWN_SECONDS', 'from 1 to 600'],
  ['TOKEN_PROXY_COOKIE_MAX_AGE_SECONDS', 'from 60 to 34560000'],
  ['TOKEN_PROXY_MOST_IN_FLIGHT', 'from 1 to 10000'],
]

/** Environments with a single problem, and what is said of it. */
export const single: readonly (readonly [string, Environment, string])[] = [
  ['no clients', { TOKEN_PROXY_CLIENTS: '' }, 'TOKEN_PROXY_CLIENTS is missing'],
  [
    'clients that are no JSON',
    { TOKEN_PROXY_CLIENTS: '[{' },
    'TOKEN_PROXY_CLIENTS must be a JSON array',
  ],
  ['an empty list of clients', toClients(), 'TOKEN_PROXY_CLIENTS must not be empty'],
  ['a client that is a text', { TOKEN_PROXY_CLIENTS: '["web"]' }, at(' must be an object')],
  ['an unknown field', toClients({ ...client, secret: 'x' }), at('.secret is not known')],
  ['no origins', toClients({ ...client, origins: undefined }), at('.origins is missing')],
  [
    'empty origins',
    toClients({ ...client, origins: [] }),
    at('.origins may be empty only with allowNoOrigin'),
  ],
  [
    'empty redirect URIs',
    toClients({ ...client, redirectUris: [] }),
    at('.redirectUris may not be empty where the code grant is allowed'),
  ],
  ['empty grants', toClients({ ...client, grants: [] }), at('.grants may not be empty')],
  [
    'a grant that is not carried',
    toClients({ ...client, grants: ['refresh_token', 'password'] }),
    at('.grants[1] must be a grant that is carried'),
  ],
  [
    'an origin twice',
    toClients({ ...client, origins: ['https://a.example', 'https://a.example'] }),
    at('.origins[1] is there twice'),
  ],
  [
    'a name twice',
    toClients(client, { ...client, clientId: 'other' }),
    'TOKEN_PROXY_CLIENTS[1].name is there twice',
  ],
  [
    'a client id twice',
    toClients(client, { ...client, name: 'other' }),
    'TOKEN_PROXY_CLIENTS[1].clientId is there twice',
  ],
  [
    'a cookie and no address of the proxy',
    { ...toClients(cookieClient), TOKEN_PROXY_COOKIE_KEY_SECRET: 'key' },
    'TOKEN_PROXY_PUBLIC_URL is missing: a client has refreshToken "cookie"',
  ],
  [
    'a cookie and no key for it',
    { ...toClients(cookieClient), TOKEN_PROXY_PUBLIC_URL: 'https://login.app.example' },
    'TOKEN_PROXY_COOKIE_KEY_SECRET is missing: a client has refreshToken "cookie"',
  ],
  [
    'a cookie of another site',
    {
      ...toClients(cookieClient),
      TOKEN_PROXY_PUBLIC_URL: 'https://abc.execute-api.eu-central-1.amazonaws.com',
      TOKEN_PROXY_COOKIE_KEY_SECRET: 'key',
    },
    at('.origins[0] must be of one site with TOKEN_PROXY_PUBLIC_URL'),
  ],
  ['an unknown variable', { TOKEN_PROXY_ORIGINS: '*' }, 'TOKEN_PROXY_ORIGINS is not known'],
  [
    'certificates unchecked',
    { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    'NODE_TLS_REJECT_UNAUTHORIZED must not be 0: certificates are always checked',
  ],
  [
    'a loose HTTP parser',
    { NODE_OPTIONS: '--insecure-http-parser' },
    'NODE_OPTIONS must neither loosen the HTTP parser nor write TLS keys',
  ],
  [
    'an endpoint of AWS without encryption',
    { AWS_ENDPOINT_URL: 'http://a.example' },
    'a variable that begins with AWS_ENDPOINT_URL must be https, or http on a loopback host',
  ],
  [
    'a service of another form',
    { TOKEN_PROXY_SERVICE: 'Token Proxy' },
    'TOKEN_PROXY_SERVICE must be a lower-case letter, then up to 31 lower-case letters, digits or hyphens',
  ],
  [
    'a runbook over http',
    { TOKEN_PROXY_RUNBOOK_URL: 'http://a.example' },
    'TOKEN_PROXY_RUNBOOK_URL must be an https address of at most 256 characters without query or fragment; empty: no links',
  ],
  [
    'a hard age below the soft age',
    { TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS: '3600', TOKEN_PROXY_SECRET_HARD_AGE_SECONDS: '60' },
    'TOKEN_PROXY_SECRET_HARD_AGE_SECONDS must not be less than the soft age',
  ],
]
