import { routes } from '../../core/http-api.ts'
import type { CaseOutcome } from '../../infra/cases-page.ts'
import { type AwsEndpoints, openAwsEndpoints } from '../../local/aws/endpoints.ts'
import { openSecretStore } from '../../local/aws/secret-store.ts'
import { ensureBuilt } from '../../local/built-functions.ts'
import { openGateway } from '../../local/gateway/gateway.ts'
import type { PoolConfig } from '../../local/user-pool/pool-config.ts'
import { type Line, pickRecords, toEnvironment } from '../conformance/proxy.ts'
import { openScriptedUpstream, type ScriptedUpstream } from '../conformance/scripted-upstream.ts'
import type { PlayedCase, Turn } from './case.ts'
import { type Cast, origin, toCast, toUsualForms } from './cast.ts'
import { isFailed, toOutcome } from './judged-outcome.ts'

/** The built function with a client and a user pool of its own for each way of each case. */
export interface CaseStage {
  /** Plays one way of a case to its end, and says what became of it. */
  play(one: PlayedCase, index: number): Promise<CaseOutcome>
  /** Ends everything; throws where Cognito was asked more or less often than the cases say. */
  close(): Promise<void>
}

interface Parts {
  readonly gatewayUrl: string
  readonly upstream: ScriptedUpstream
  readonly aws: AwsEndpoints
  readonly records: () => readonly Line[]
  readonly coolDown: () => void
}

/** Opens the stage for all ways of all cases: one gateway, one scripted token endpoint. */
export async function openCaseStage(cases: readonly PlayedCase[]): Promise<CaseStage> {
  const upstream = await openScriptedUpstream()
  const ways = cases.flatMap((one) => one.ways)
  const casts = new Map(ways.map((way, index) => [way, toCast(way, index, upstream.url)]))
  const on: { pool?: PoolConfig } = {}
  const secrets = openSecretStore()
  const pools = [...casts.values()].map(({ pool }) => pool)
  const aws = await openAwsEndpoints({ port: 0, secrets, pools, poolOfDomain: () => on.pool })
  for (const { clientId, secret } of casts.values()) {
    const stored = { client_id: clientId, client_secret: secret }
    secrets.put(`token-proxy/${clientId}`, JSON.stringify(stored))
  }
  const lines: string[] = []
  const settings = [...casts.values()].map((cast) => cast.settings)
  const gateway = await openGateway({
    port: 0,
    functionsFolder: ensureBuilt(),
    env: {
      ...toEnvironment(aws.url, settings),
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: aws.url,
    },
    routes,
    cors: undefined,
    onOutput: (line) => lines.push(line),
  })
  const { url: gatewayUrl, coolDown } = gateway
  const parts = { gatewayUrl, upstream, aws, records: () => pickRecords(lines), coolDown }
  return {
    play: (one, index) => {
      const way = one.ways[index]
      const cast = way && casts.get(way)
      if (cast === undefined) throw new Error(`${one.id} has no way ${index}`)
      on.pool = cast.pool
      return play(parts, cast)
    },
    close: async () => {
      await gateway.close()
      await aws.close()
      await upstream.close()
    },
  }
}

async function play(parts: Parts, cast: Cast): Promise<CaseOutcome> {
  const { way } = cast
  parts.aws.denyCognito(way.state === 'unreadable')
  const usual = toUsualForms(cast)
  const knownRecords = parts.records().length
  const send = (turn: Turn) => sendTurn(parts.gatewayUrl, turn, usual[turn.asks])
  const asked = way.isAtOnce
    ? await playAtOnce(parts, way.turns, send)
    : await playInTurn(parts, way.turns, send)
  const records = parts.records().slice(knownRecords)
  if (records.length !== way.turns.length) throw new Error('a turn left no record')
  // At once, whichever came second is the one that is refused.
  const judged = way.isAtOnce ? records.find(isFailed) : records.at(-1)
  return toOutcome(cast, judged ?? {}, asked)
}

type Send = (turn: Turn) => Promise<number>

/** Gives what Cognito was asked by the last turn. */
async function playInTurn({ upstream }: Parts, turns: readonly Turn[], send: Send) {
  let known = upstream.requests.length
  for (const turn of turns) {
    known = upstream.requests.length
    if (turn.answer !== undefined) upstream.script(turn.answer)
    await send(turn)
  }
  return upstream.requests.slice(known)
}

/** Holds the answer to the first request until the second one is refused, as two tabs would meet it. */
async function playAtOnce({ upstream, coolDown }: Parts, turns: readonly Turn[], send: Send) {
  const known = upstream.requests.length
  const [first, second] = turns.map(({ answer }) => answer)
  if (first === undefined || second === undefined) throw new Error('two answers are needed')
  const { promise, resolve } = Promise.withResolvers<typeof first>()
  upstream.script(promise, second)
  const sent = turns.map(send)
  await Promise.race(sent)
  resolve(first)
  await Promise.all(sent)
  // What comes next shall meet one sandbox again, which remembers all of it.
  coolDown()
  return upstream.requests.slice(known)
}

async function sendTurn(
  gatewayUrl: string,
  turn: Turn,
  usual: Readonly<Record<string, string>>,
): Promise<number> {
  const path = turn.asks === 'revoke' ? '/oauth2/revoke' : '/oauth2/token'
  const contentType = 'application/x-www-form-urlencoded'
  const headers = lay({ origin, 'content-type': contentType }, turn.headers)
  const form = new URLSearchParams(lay(usual, turn.form))
  const request = turn.isGet ? { method: 'GET' } : { method: 'POST', body: form.toString() }
  const response = await fetch(`${gatewayUrl}${path}`, { ...request, headers })
  await response.text()
  return response.status
}

function lay(usual: Readonly<Record<string, string>>, over: Turn['form'] = {}) {
  const merged = Object.entries({ ...usual, ...over })
  return merged.flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  )
}
