// The process of the mocks of Secrets Manager and Cognito, so that their work is nobody's CPU time.
import { once } from 'node:events'
import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import {
  type Answer,
  answerDescribe,
  answerSecret,
  answerToken,
  toListener,
} from './mock-answers.ts'
import { type Place, type PlaceName, placeNames, type Seen, slownessMs } from './mock-places.ts'

const pem = JSON.parse(process.env['BENCH_CERTIFICATE'] ?? '{}')
/** Connections to the mocks of Cognito, ever, by pair. */
const connections = new Map<PlaceName, number>()
let sights: Seen['sights'][number][] = []

const places = await Promise.all(placeNames.map(async (name) => [name, await openPlace(name)]))
process.on('message', () => {
  process.send?.({ connections: Object.fromEntries(connections), sights } satisfies Seen)
  sights = []
})
process.on('disconnect', () => process.exit())
process.send?.(Object.fromEntries(places))

async function openPlace(name: PlaceName): Promise<Place> {
  const isTls = name.startsWith('tls')
  const isSlow = name.endsWith('slow')
  const open = async (of: string, answer: Answer, delayMs: number, onConnection: () => void) => {
    const note = (what: string) => {
      const atMs = performance.timeOrigin + performance.now()
      if (name === 'tls-slow') sights.push({ what: `${of} ${what}`, atMs })
    }
    const listener = toListener(answer, isSlow ? delayMs : 0, note)
    const server: Server = isTls ? createHttpsServer(pem, listener) : createHttpServer(listener)
    server.keepAliveTimeout = 600_000
    server.on('connection', () => note('connected'))
    server.on('secureConnection', () => note('secured'))
    server.on(isTls ? 'secureConnection' : 'connection', onConnection)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    return isTls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`
  }
  const count = () => connections.set(name, (connections.get(name) ?? 0) + 1)
  return {
    secretsManagerUrl: await open('secret', answerSecret, slownessMs.secretsManager, () => {}),
    cognitoUrl: await open('token', answerToken, slownessMs.cognito, count),
    describeUrl: await open('describe', answerDescribe, slownessMs.cognito, () => {}),
  }
}
