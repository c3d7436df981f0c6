// Preloaded into every test process and its workers: whatever would leave the machine fails at once.
import dns from 'node:dns'
import { Socket } from 'node:net'

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/

function isLoopback(host: unknown): boolean {
  return host === undefined || host === null || host === '' || loopback.test(String(host))
}

function refuse(host: unknown): Error {
  // Names under .invalid never resolve (RFC 6761 section 6.4): tests may ask for them.
  if (String(host).endsWith('.invalid')) {
    return Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })
  }
  process.exitCode = 1
  console.error('a test wanted to reach beyond loopback')
  return Object.assign(new Error('beyond loopback the network is shut'), { code: 'ENETUNREACH' })
}

const lookup = dns.lookup
type Lookup = (...args: unknown[]) => void
const guarded: Lookup = (host, ...rest) => {
  if (isLoopback(host)) return Reflect.apply(lookup, dns, [host, ...rest])
  const callback = rest.at(-1)
  if (typeof callback === 'function') process.nextTick(callback, refuse(host))
}
Object.assign(dns, { lookup: guarded })

const connect = Socket.prototype.connect
function guardedConnect(this: Socket, ...args: unknown[]): Socket {
  const [first] = args
  const options: unknown = Array.isArray(first) ? first[0] : first
  const host =
    typeof options === 'object' && options !== null && 'host' in options ? options.host : undefined
  const isAddress = /^[\d.]+$|:/.test(String(host ?? ''))
  // A name is judged when it is looked up; only an address is judged here.
  if (isAddress && !isLoopback(host)) {
    process.nextTick(() => this.destroy(refuse(host)))
    return this
  }
  return Reflect.apply(connect, this, args)
}
Object.assign(Socket.prototype, { connect: guardedConnect })
