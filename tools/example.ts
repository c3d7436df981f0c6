import { run } from '../examples/native/sign-in.ts'
import { listenOnLocalhost } from '../local/front-end/localhost.ts'
import { giveUp, openOrGiveUp } from '../local/ports.ts'
import { toExampleOrigin } from '../local/world.ts'
import { demoClients } from '../local/world-config.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'
import { openExamplePage } from './example-pages.ts'

const {
  args: [name],
  options: { port },
} = readCommandLine(commands.example)
const proxy = `http://127.0.0.1:${port}`
const { issuer, domain, api } = await discover()
if (name === 'native') {
  const { clientId = '', redirectUris = [] } =
    demoClients.find((client) => client.name === 'native') ?? {}
  process.exit((await run({ proxy, issuer, clientId, redirectUris })) ? 0 : 1)
}

const origin = toExampleOrigin(port)
const page = await openExamplePage({
  name,
  settings: {
    ...{ issuer, domain, api, proxy },
    clientId: demoClients[0]?.clientId ?? '',
    callback: `${origin}/callback`,
    home: `${origin}/`,
  },
})
const server = await openOrGiveUp(() => listenOnLocalhost(page, Number(new URL(origin).port)))
console.log(`The example ${name} is at ${origin}. Ctrl-C stops it.`)

const stop = Promise.withResolvers<void>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.resolve())
await stop.promise
await server.close()

/** What the proxy itself says of the user pool behind it. */
async function discover() {
  const answer = await fetch(`${proxy}/.well-known/openid-configuration`).catch(() => undefined)
  if (!answer?.ok)
    return giveUp(`Nothing answers at ${proxy}: run npm start first, or give its port with --port.`)
  const document = (await answer.json()) as Readonly<Record<string, string>>
  const { issuer = '', authorization_endpoint = '', userinfo_endpoint = '' } = document
  return { issuer, domain: new URL(authorization_endpoint).origin, api: userinfo_endpoint }
}
