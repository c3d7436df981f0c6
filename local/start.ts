import { parseArgs } from 'node:util'
import { giveUp, openOrGiveUp, parsePort } from './ports.ts'
import { openWorld, portCount, toExampleOrigin } from './world.ts'
import { demoUsers } from './world-config.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '8787' } } })

const port =
  parsePort(values.port, portCount) ??
  giveUp(`--port ${values.port} is no port with ${portCount - 1} more after it.`)
const origins = [toExampleOrigin(port)]
const env = { TOKEN_PROXY_PUBLIC_URL: `http://127.0.0.1:${port}` }
const world = await openOrGiveUp(() => openWorld({ port, origins, env }))
const user = demoUsers[0]
console.log(`
  Everything runs on this machine. Ctrl-C stops it.

  demo front end      ${world.frontEnd.url}
                      sign in as ${user?.username} with ${user?.password}, then break something
  operators' page     ${world.frontEnd.operatorsUrl}
  token proxy         ${world.gateway.url}/oauth2/token
  user pool           ${world.userPool.domainUrl}
  AWS endpoints       ${world.aws.url}
  evidence table      ${world.table.url}

  Try it. It answers 400 invalid_grant, because the refresh token is of another day, and the record
  of the request appears below:

    curl -i ${world.gateway.url}/oauth2/token -H 'origin: ${new URL(world.frontEnd.url).origin}' \\
      -d grant_type=refresh_token -d client_id=7demo0web0client1example22 -d refresh_token=of-another-day
`)
world.records.onLogLine((line) => console.log(line))

const stop = Promise.withResolvers<void>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.resolve())
await stop.promise
await world.close()
