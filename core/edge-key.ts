/**
 * The header by which the CDN in front proves that a request came through it. It ends here: no record, answer
 * or call of Cognito ever has it, and no page may send it across origins.
 */
export const edgeKeyHeader = 'x-token-proxy-edge-key'

/**
 * Reads the setting: the SHA-256 digests of the accepted keys, in hex. They are no secret, since nobody can
 * guess 256 random bits.
 *
 * @param setting a text of the syntax `edgeKeyDigests`, or empty
 */
export function toEdgeKeyDigests(setting: string): readonly string[] {
  return setting === '' ? [] : setting.split(',')
}
