import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A key and a certificate that it signed itself, in PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

export interface CertificateNames {
  readonly dns?: readonly string[]
  /** IPv4 addresses. */
  readonly ips?: readonly string[]
  /** Days from now, negative for the past; 1 unless given. */
  readonly endsInDays?: number
}

const dayMs = 86_400_000
const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'))

/**
 * Makes a self-signed certificate with just the fields that TLS asks for, so that no key lies in the
 * tree and no other program is needed.
 *
 * @see RFC 5280 section 4.1
 */
export function makeCertificate(names: CertificateNames): Certificate {
  const { dns = [], ips = [], endsInDays = 1 } = names
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = sequence(set(sequence(objectId('550403'), der(0x0c, Buffer.from('loopback')))))
  const alternatives = sequence(
    ...dns.map((host) => der(0x82, Buffer.from(host))),
    ...ips.map((ip) => der(0x87, Buffer.from(ip.split('.').map(Number)))),
  )
  const extension = sequence(objectId('551d11'), der(0x04, alternatives))
  const body = sequence(
    der(0xa0, integer(2)),
    der(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    ecdsaWithSha256,
    name,
    sequence(time(-2 * dayMs), time(endsInDays * dayMs)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  )
  const signature = sign('sha256', body, privateKey)
  const whole = sequence(body, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.of(0), signature])))
  const base64 = whole.toString('base64').replace(/.{64}(?=.)/g, '$&\n')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
  }
}

/** One element: tag, length, content (X.690 section 8.1). */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const long = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...(length < 0x80 ? [length] : long)]), content])
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function set(part: Buffer): Buffer {
  return der(0x31, part)
}

function integer(value: number): Buffer {
  return der(0x02, Buffer.of(value))
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

function time(fromNowMs: number): Buffer {
  const text = new Date(Date.now() + fromNowMs).toISOString().replace(/[-:T]|\.\d+/g, '')
  return der(0x18, Buffer.from(text))
}
