import { parseArgs } from 'node:util'
import { openWorld } from './world.ts'
import { demoUsers } from './world-config.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '8787' } } })

const world = await openWorld({ port: Number(values.port) })
const user = demoUsers[0]
console.log(`
  Everything runs on this machine. Ctrl-C stops it.

  demo front end      ${world.frontEnd.url}
                      sign in as ${user?.username} with ${user?.password}, then break something
  operators' page     ${world.frontEnd.operatorsUrl}
  token proxy         ${world.gateway.url}/oauth2/token
  user pool           ${world.userPool.domainUrl}
  AWS endpoints       ${world.aws.url}

  Try it:

    curl -i ${world.gateway.url}/oauth2/token -H 'origin: ${new URL(world.frontEnd.url).origin}' \\
      -d grant_type=refresh_token -d client_id=7demo0web0client1example22 -d refresh_token=of-another-day
`)
world.records.onRecord((record) => console.log(JSON.stringify(record)))

const stop = Promise.withResolvers<void>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.resolve())
await stop.promise
await world.close()
