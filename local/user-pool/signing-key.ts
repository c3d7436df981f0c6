import { randomUUID } from 'node:crypto'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose'

/** A key of one user pool. */
export interface SigningKey {
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly privateJwk: JWK & { readonly kid: string }
  /** The public half with the fields that Cognito's key set has. */
  readonly publicJwk: JWK & { readonly kid: string }
}

/** Makes a fresh RS256 key, so that none is ever kept in a file. */
export async function generateSigningKey(): Promise<SigningKey> {
  const pair = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true })
  const named = { kid: randomUUID(), alg: 'RS256', use: 'sig' }
  return {
    ...pair,
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...named },
    publicJwk: { ...(await exportJWK(pair.publicKey)), ...named },
  }
}
