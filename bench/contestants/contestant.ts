/** How an exchange ended. */
export type Ending = 'ok' | 'invalid_grant' | 'refused' | 'timeout'

/** One way to exchange codes, ready to be measured. */
export interface Contestant {
  /** Exchanges a code; without its verifier, a contestant that requires PKCE refuses it itself. */
  readonly exchange: (code: string, withVerifier: boolean) => Promise<Ending>
}

/** Reads a variable that the bench sets for its processes. */
export function readVariable(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}
