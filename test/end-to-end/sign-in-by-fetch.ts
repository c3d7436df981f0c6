import { demoUsers } from '../../local/world-config.ts'

/** More redirects than any sign-in has. */
const mostRedirects = 6

/**
 * Signs in on the user pool's own page, as a browser would: with cookies, and one redirect after the
 * other until the way leads back to the front end.
 *
 * @returns the address at the front end, which nobody asked for
 */
export async function signInByFetch(authorizeAddress: URL, redirectUri: string): Promise<URL> {
  const cookies = new Map<string, string>()
  const [user] = demoUsers
  const form = new URLSearchParams({
    username: user?.username ?? '',
    password: user?.password ?? '',
  })
  let address = authorizeAddress
  for (let redirects = 0; redirects < mostRedirects; redirects += 1) {
    if (address.href.startsWith(redirectUri)) return address
    const isLogin = address.pathname === '/login'
    const response = await fetch(address, {
      ...(isLogin ? { method: 'POST', body: form } : {}),
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    address = new URL(response.headers.get('location') ?? '/no-redirect', address)
  }
  throw new Error(`the sign-in ended at ${address.pathname}`)
}
