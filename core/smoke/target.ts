import type { Client } from '../settings/settings.ts'

/** A client of the deployed proxy, as far as a check from outside must know it. */
export interface SmokeClient {
  /** Its alias where the stage file names it, or else its id. */
  readonly name: string
  readonly clientId: string
  /** An origin that may call; undefined for a client that is called without one. */
  readonly origin: string | undefined
  /** Undefined where no code can be exchanged. */
  readonly redirectUri: string | undefined
  readonly isCookieMode: boolean
  /** Whether it has a discovery document under its alias. */
  readonly hasDiscovery: boolean
}

/** The deployment to check. */
export interface SmokeTarget {
  /** Its base URL, without a slash at the end. */
  readonly url: string
  readonly clients: readonly SmokeClient[]
  /** Whether one discovery document serves all clients; undefined where that is not known. */
  readonly hasSharedDiscovery: boolean | undefined
}

/** What only one run knows: random values that no user pool has issued. */
export interface Invented {
  readonly code: string
  readonly verifier: string
  /** The SHA-256 digest of the verifier in base64url (RFC 7636 section 4.2). */
  readonly challenge: string
}

/** One HTTP request of a check. */
export interface SmokeRequest {
  readonly method: 'GET' | 'POST' | 'OPTIONS'
  /** The path, with a query where there is one. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What came back; header names are in lower case. */
export interface SmokeAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** `NAME=value` of each cookie that was set. */
  readonly cookies: readonly string[]
  readonly body: string
}

/** What one check found. */
export interface SmokeVerdict {
  readonly status: 'ok' | 'failed' | 'skipped'
  readonly found: string
  readonly fix?: string
}

/** One check as it is shown. */
export interface SmokeCheck extends SmokeVerdict {
  readonly name: string
  /** The alias or id of the client that it is about; absent where it is about the deployment. */
  readonly client?: string
  /** What the proxy's own record of this request is found by. */
  readonly requestId?: string
}

/** Takes from the settings of a client what a check from outside needs. */
export function toSmokeClient(client: Client): SmokeClient {
  const { name, clientId, origins, redirectUris, grants, refreshToken, issuer } = client
  return {
    ...{ name, clientId },
    origin: origins[0],
    redirectUri: grants.includes('authorization_code') ? redirectUris[0] : undefined,
    isCookieMode: refreshToken === 'cookie',
    hasDiscovery: issuer !== undefined,
  }
}
