// Preloaded into every test process and its workers, and by NODE_OPTIONS into the Node.js commands that
// tests start: whatever would leave the machine fails at once, and the process with it.
import dgram from 'node:dgram'
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads'

type Arguments = readonly unknown[]

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/
/** A test's name server has a port of its own; one on the usual port may ask further on. */
const ownNameServer = /^(?:127(?:\.\d{1,3}){3}|\[::1\]):\d+$/

/** Counted across threads, because the exit code of a worker is none of the process. */
const attempts = openAttempts()

function openAttempts(): Int32Array {
  const shared: unknown = getEnvironmentData('attempts beyond loopback')
  if (!isMainThread && shared instanceof Int32Array) return shared
  const opened = new Int32Array(new SharedArrayBuffer(4))
  setEnvironmentData('attempts beyond loopback', opened)
  process.on('exit', () => {
    if (Atomics.load(opened, 0) > 0) process.exitCode = 1
  })
  return opened
}

function isLoopback(host: unknown): boolean {
  return host === undefined || host === null || host === '' || loopback.test(String(host))
}

/** Names under .invalid never resolve (RFC 6761 section 6.4): tests may ask for them. */
function isNowhere(host: unknown): boolean {
  return String(host).endsWith('.invalid')
}

function refuse(host: unknown): Error {
  if (isNowhere(host)) {
    return Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })
  }
  Atomics.add(attempts, 0, 1)
  console.error('a test wanted to reach beyond loopback')
  return Object.assign(new Error('beyond loopback the network is shut'), { code: 'ENETUNREACH' })
}

/**
 * Puts a guard before methods of a module or a class; a call that stays on loopback goes on as before.
 *
 * @param findForeign gives the host of a call that would leave the machine
 * @param fail reports to the caller in the way that the method reports its failures
 */
function guard(
  target: object,
  names: readonly string[],
  findForeign: (args: Arguments, self: unknown) => unknown,
  fail: (refusal: Error, args: Arguments, self: unknown) => unknown,
): void {
  for (const name of names) {
    const original: unknown = Reflect.get(target, name)
    if (typeof original !== 'function') continue
    function guarded(this: unknown, ...args: unknown[]): unknown {
      const foreign = findForeign(args, this)
      if (foreign === undefined) return Reflect.apply(original as () => unknown, this, args)
      return fail(refuse(foreign), args, this)
    }
    Object.assign(target, { [name]: guarded })
  }
}

function callBack(refusal: Error, args: Arguments): void {
  const callback = args.at(-1)
  if (typeof callback === 'function') process.nextTick(callback, refusal)
}

const reject = (refusal: Error) => Promise.reject(refusal)

const findForeignHost = ([host]: Arguments) => (isLoopback(host) ? undefined : host)
guard(dns, ['lookup', 'lookupService'], findForeignHost, callBack)
guard(dns.promises, ['lookup', 'lookupService'], findForeignHost, reject)

/** A query goes to the name servers, so that they are judged and not the name. */
function findForeignQuery([name]: Arguments, self: unknown): unknown {
  const isResolver = self instanceof dns.Resolver || self instanceof dns.promises.Resolver
  const servers = isResolver ? self.getServers() : dns.getServers()
  return servers.every((server) => ownNameServer.test(server)) ? undefined : name
}
const toQueries = (target: object) =>
  Object.getOwnPropertyNames(target).filter((name) => /^(?:resolve|reverse)/.test(name))
for (const target of [dns, dns.Resolver.prototype]) {
  guard(target, toQueries(target), findForeignQuery, callBack)
}
for (const target of [dns.promises, dns.promises.Resolver.prototype]) {
  guard(target, toQueries(target), findForeignQuery, reject)
}

/** In every form of the call the address is the first text after the first argument. */
function findForeignAddress(args: Arguments): unknown {
  return findForeignHost([args.slice(1).find((one) => typeof one === 'string')])
}
guard(
  dgram.Socket.prototype,
  ['send', 'sendto', 'connect'],
  findForeignAddress,
  (refusal, args, self) => {
    if (typeof args.at(-1) === 'function') callBack(refusal, args)
    else if (self instanceof dgram.Socket) process.nextTick(() => self.emit('error', refusal))
  },
)
guard(dgram.Socket.prototype, ['connectSync'], findForeignAddress, (refusal) => {
  throw refusal
})

/** A name under .invalid goes on to its lookup, which fails as any other would. */
function findForeignPeer([first, second]: Arguments): unknown {
  // `net.connect` hands its arguments over in one list.
  const options: unknown = Array.isArray(first) ? first[0] : first
  const isOptions = typeof options === 'object' && options !== null
  const named = isOptions && 'host' in options ? options.host : undefined
  const host = isOptions || typeof second !== 'string' ? named : second
  return isLoopback(host) || isNowhere(host) ? undefined : host
}
guard(Socket.prototype, ['connect'], findForeignPeer, (refusal, _args, self) => {
  if (self instanceof Socket) process.nextTick(() => self.destroy(refusal))
  return self
})

// Named imports see the guards, too.
syncBuiltinESMExports()
