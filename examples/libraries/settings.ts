/** The token proxy: the address of its HTTP API, or your own domain in front of it. */
export const proxy = 'https://tokens.example.com'
/** The app client. Its secret stays behind the proxy. */
export const clientId = '7abcdefghijklmnopqrstuvwxy'
/** The user pool signs the tokens, with the proxy as without it. */
export const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI'
/** Where the user pool's sign-in pages are. */
export const domain = 'https://your-pool.auth.eu-central-1.amazoncognito.com'
/** This page, as both the app client and the proxy know it. */
export const callback = 'https://app.example.com/callback'
export const home = 'https://app.example.com/'
/** Any API that takes the access tokens of the user pool. */
export const api = 'https://api.example.com/me'
