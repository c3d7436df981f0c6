import { createServer, type Server } from 'node:http'

/** Where the browser comes back to. */
export interface Loopback {
  /** The one of the registered addresses that is listened on. */
  readonly redirectUri: string
  /** The address that the browser came back with. */
  readonly answer: Promise<URL>
  readonly close: () => void
}

/** A person may have to look for a password, or for a second factor. */
const patienceMs = 5 * 60_000

/**
 * Listens on the first registered address whose port is free: Cognito compares redirect URIs to the letter,
 * so that the app cannot take any port, as it could elsewhere.
 *
 * @param state of the one sign-in whose answer counts: every program on this machine can call the port
 * @see RFC 8252 sections 7.3 and 8.3
 */
export async function listenOnLoopback(
  redirectUris: readonly string[],
  state: string,
): Promise<Loopback> {
  const addresses = redirectUris.filter((uri) => /^http:\/\/(?:127\.0\.0\.1|\[::1\]):/.test(uri))
  for (const redirectUri of addresses) {
    const server = createServer()
    if (await listen(server, new URL(redirectUri))) return toLoopback(server, redirectUri, state)
  }
  throw new Error(`No port is free for ${addresses.join(' or ') || 'a loopback redirect URI'}.`)
}

function listen(server: Server, { hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(Number(port), hostname.replace(/^\[|\]$/g, ''), () => resolve(true))
  })
}

function toLoopback(server: Server, redirectUri: string, state: string): Loopback {
  const { promise: answer, resolve, reject } = Promise.withResolvers<URL>()
  const tooLate = () => reject(new Error('Nobody came back from the sign-in page in five minutes.'))
  const timer = setTimeout(tooLate, patienceMs)
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', redirectUri)
    const isAnswer =
      url.pathname === new URL(redirectUri).pathname && url.searchParams.get('state') === state
    response.writeHead(isAnswer ? 200 : 404, { 'content-type': 'text/plain', connection: 'close' })
    response.end(isAnswer ? 'Done. Close this page and go back to the app.\n' : 'Not found.\n')
    if (isAnswer) resolve(url)
  })
  const close = () => {
    clearTimeout(timer)
    server.close()
  }
  return { redirectUri, answer, close }
}
