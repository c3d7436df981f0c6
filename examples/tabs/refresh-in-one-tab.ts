/**
 * Refreshes in one tab at a time, and in no tab where another one has just done so.
 *
 * @param read takes the session from where all tabs keep it
 * @param refresh asks the proxy, and ends when the new session is where all tabs find it
 */
export function refreshInOneTab<Session>(
  read: () => Promise<Session | null>,
  isSpent: (session: Session) => boolean,
  refresh: () => Promise<Session | null>,
): Promise<Session | null> {
  return navigator.locks.request('refresh', async () => {
    const session = await read()
    return session !== null && isSpent(session) ? refresh() : session
  })
}
