import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A key and its certificate in PEM, made for one run. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

// DER tags (ITU-T X.690) and object identifiers, as far as a smallest certificate needs them.
const [integer, bitString, octetString, utf8String, utcTime, sequence, set] = [
  0x02, 0x03, 0x04, 0x0c, 0x17, 0x30, 0x31,
]
const [version, extensions, ipAddress] = [0xa0, 0xa3, 0x87]
const ecdsaWithSha256 = Buffer.from('06082a8648ce3d040302', 'hex')
const commonName = Buffer.from('0603550403', 'hex')
const subjectAltName = Buffer.from('0603551d11', 'hex')

/** Makes a certificate for 127.0.0.1, valid for an hour, that nobody but itself vouches for. */
export function makeSelfSigned(): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = der(sequence, der(set, der(sequence, commonName, der(utf8String, 'loopback'))))
  const algorithm = der(sequence, ecdsaWithSha256)
  const names = der(sequence, der(ipAddress, Buffer.of(127, 0, 0, 1)))
  const signed = der(
    sequence,
    der(version, der(integer, Buffer.of(2))),
    der(integer, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    name,
    der(sequence, toTime(-3_600_000), toTime(3_600_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(extensions, der(sequence, der(sequence, subjectAltName, der(octetString, names)))),
  )
  const signature = der(bitString, Buffer.of(0), sign('sha256', signed, privateKey))
  const bytes = der(sequence, signed, algorithm, signature).toString('base64')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${bytes}\n-----END CERTIFICATE-----\n`,
  }
}

function der(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)),
  )
  const { length } = content
  const size = length < 128 ? [length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.of(tag, ...size), content])
}

/** YYMMDDHHMMSSZ. */
function toTime(fromNowMs: number): Buffer {
  const text = new Date(Date.now() + fromNowMs).toISOString().replaceAll(/\D/g, '')
  return der(utcTime, `${text.slice(2, 14)}Z`)
}
