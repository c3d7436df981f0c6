// The process of the mocks of Secrets Manager and Cognito, so that their work is nobody's CPU time.
import { once } from 'node:events'
import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { type Answer, answerSecret, answerToken, toListener } from './mock-answers.ts'
import { type Place, type PlaceName, placeNames, slownessMs } from './mock-places.ts'

const pem = JSON.parse(process.env['BENCH_CERTIFICATE'] ?? '{}')
/** Connections to the mocks of Cognito, ever, by pair. */
const connections = new Map<PlaceName, number>()

const places = await Promise.all(placeNames.map(async (name) => [name, await openPlace(name)]))
process.on('message', () => process.send?.(Object.fromEntries(connections)))
process.on('disconnect', () => process.exit())
process.send?.(Object.fromEntries(places))

async function openPlace(name: PlaceName): Promise<Place> {
  const isTls = name.startsWith('tls')
  const isSlow = name.endsWith('slow')
  const open = async (answer: Answer, delayMs: number, onConnection: () => void) => {
    const listener = toListener(answer, isSlow ? delayMs : 0)
    const server: Server = isTls ? createHttpsServer(pem, listener) : createHttpServer(listener)
    server.keepAliveTimeout = 600_000
    server.on(isTls ? 'secureConnection' : 'connection', onConnection)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    return isTls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`
  }
  const count = () => connections.set(name, (connections.get(name) ?? 0) + 1)
  return {
    secretsManagerUrl: await open(answerSecret, slownessMs.secretsManager, () => {}),
    cognitoUrl: await open(answerToken, slownessMs.cognito, count),
  }
}
