/** How an exchange ended. */
export type Ending = 'ok' | 'invalid_grant' | 'refused' | 'timeout'

/** One way to exchange codes, ready to be measured. */
export interface Contestant {
  /**
   * Prepares the exchange of a code: what is called exchanges it, and only that is measured. The event of a function
   * is prepared, which API Gateway and the runtime of Lambda make. Without its verifier, a contestant that requires
   * PKCE refuses a code itself.
   */
  readonly prepare: (code: string, withVerifier: boolean) => () => Promise<Ending>
}

/** Reads a variable that the bench sets for its processes. */
export function readVariable(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
