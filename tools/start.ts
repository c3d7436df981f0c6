import { parseJson } from '../core/json.ts'
import { numberSettings, textSettings } from '../core/settings/table.ts'
import { openOrGiveUp } from '../local/ports.ts'
import { openWorld, toExampleOrigin } from '../local/world.ts'
import { demoClients, demoUsers, userPoolId } from '../local/world-config.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'
import { planWatching } from './plan-watching.ts'

/** Shorter than a deployment's, so that silence shows within seconds. */
const deadlineMs = 3000

// A small buffer is cut from a larger piece, and keeps the whole piece in memory. The embedded table keeps many
// of them for minutes: from the default's pieces of 64 KiB, they would hold ten times as much.
Buffer.poolSize = 1024

const { port } = readCommandLine(commands.start).options
const world = await openOrGiveUp(() =>
  openWorld({
    port,
    origins: [toExampleOrigin(port)],
    env: {
      [numberSettings.deadlineMs.variable]: String(deadlineMs),
      [textSettings.publicUrl.variable]: `http://127.0.0.1:${port}`,
    },
    plan: (deployed) => planWatching({ ...deployed, deadlineMs }),
  }),
)
const [user] = demoUsers
const [client] = demoClients
console.log(`
  Everything runs on this machine. Ctrl-C stops it.

  demo front end      ${world.frontEnd.url}
                      sign in as ${user?.username} with ${user?.password}, then break something
  operators' page     ${world.frontEnd.operatorsUrl}
                      what CloudWatch would show, with visitors who sign in all the time
  docs                ${world.frontEnd.docsUrl}
  token proxy         ${world.gateway.url}/oauth2/token
  user pool           ${world.userPool.domainUrl}
  AWS endpoints       ${world.aws.url}
  evidence table      ${world.table.url}

  Try it. It answers 400 invalid_grant, because the refresh token is of another day, and the record
  of the request appears below (those of the visitors' requests do not):

    curl -i ${world.gateway.url}/oauth2/token -H 'origin: ${new URL(world.frontEnd.url).origin}' \\
      -d grant_type=refresh_token -d client_id=${client?.clientId} -d refresh_token=of-another-day

  In another terminal, make a stage from the embedded user pool, as you would from your own. It writes
  stages/local.json, which git ignores, fills its secret, and checks it:

    AWS_ENDPOINT_URL=${world.aws.url} AWS_ACCESS_KEY_ID=embedded AWS_SECRET_ACCESS_KEY=embedded \\
      npm run init -- --user-pool-id ${userPoolId} --client-id ${client?.clientId} \\
      --stage local --domain ${world.userPool.domainUrl} --issuer ${world.userPool.issuer} --yes

  Then look up what happened to a request, by the id in its answer:

    AWS_ENDPOINT_URL=${world.aws.url} AWS_ACCESS_KEY_ID=embedded AWS_SECRET_ACCESS_KEY=embedded \\
      npm run explain -- --stage local --request-id ID
`)
world.records.onLogLine(async (line) => {
  if (!(await isOfVisitors(line))) console.log(line)
})
world.visitors.start()

const stop = Promise.withResolvers<void>()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.resolve())
await stop.promise
await world.close()

/** A line that names no request is everybody's. */
async function isOfVisitors(line: string): Promise<boolean> {
  const record = parseJson(line)
  if (typeof record !== 'object' || record === null || !('request_id' in record)) return false
  return world.visitors.isOwn(String(record.request_id))
}
