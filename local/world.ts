import { routes, throttle, toCors } from '../core/http-api.ts'
import { type Amazon, openAmazon } from './amazon.ts'
import type { AwsEndpoints } from './aws/endpoints.ts'
import type { EvidenceTable } from './aws/evidence-table.ts'
import type { SecretStore } from './aws/secrets/store.ts'
import { ensureBuilt } from './built-functions.ts'
import { type LocalDoctor, openLocalDoctor } from './doctor.ts'
import { type FrontEnd, openFrontEnd } from './front-end/server.ts'
import { type Gateway, openGateway } from './gateway/gateway.ts'
import { type LivePreview, openLivePreview } from './preview/live-preview.ts'
import type { Watching } from './preview/watching.ts'
import { openRecordBoard, type RecordBoard } from './record-board.ts'
import type { RotationDesk } from './rotation/desk.ts'
import { rotationFaults, settleSecrets } from './rotation/faults.ts'
import { slowSpreadMs as usualSlowSpreadMs } from './rotation/switches.ts'
import { openWorldRotation } from './rotation/world-rotation.ts'
import { openSwitchboard, type Switchboard } from './switchboard.ts'
import type { UserPool } from './user-pool/user-pool.ts'
import { openVisitors, type Visitors } from './visitors.ts'
import {
  demoClients,
  region,
  registerOrigin,
  toClientSettings,
  toDemoSettings,
  toEnvironment,
} from './world-config.ts'

/** How many ports in a row the world takes: gateway, user pool, AWS, front end, evidence table. */
export const portCount = 5

/** Where `npm run example` serves its page, beside a world at fixed ports; the world knows it as a front end. */
export const toExampleOrigin = (port: number): string => `http://localhost:${port + portCount}`

/** Short, so that the sandboxes of a burst do not stay in memory. */
const idleSeconds = 30

export interface WorldOptions {
  /** Port of the gateway; the other parts take the four that follow, or free ones where it is 0. */
  readonly port: number
  /** Added to the functions' environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Further front ends that the app clients and the proxy know. */
  readonly origins?: readonly string[]
  /** The callback path at each front end; `/callback` by default. */
  readonly callbackPaths?: readonly string[]
  /** How long Secrets Manager waits before each retry of a failed rotation. */
  readonly rotationRetryDelaysMs?: readonly number[]
  /** How long a new secret is not yet accepted while the switch for that is on. */
  readonly slowSpreadMs?: number
  /** Computes what operators see in CloudWatch; without it, the operators' page has no preview. */
  readonly plan?: (deployed: Deployed) => Watching
}

/** The stage that the embedded stack would be deployed with. */
export interface Deployed {
  readonly region: string
  readonly clients: readonly object[]
  readonly runbookUrl: string
}

/** Everything that `npm start` embeds, on loopback. */
export interface World {
  readonly gateway: Gateway
  readonly userPool: UserPool
  readonly aws: AwsEndpoints
  readonly secrets: SecretStore
  readonly table: EvidenceTable
  readonly frontEnd: FrontEnd
  readonly records: RecordBoard
  readonly switchboard: Switchboard
  /** The environment of the functions. */
  readonly env: Readonly<Record<string, string>>
  /** The built function that checks the clients, called as a schedule calls it. */
  readonly doctor: LocalDoctor
  /** Nobody signs in until they are started. */
  readonly visitors: Visitors
  /** Rotates the secret of the first client. */
  readonly rotation: RotationDesk
  close(): Promise<void>
}

/**
 * Opens the embedded world; the built functions in it are those that are deployed. Where one part cannot be
 * opened, those before it are closed again: a server that is left behind keeps the process from its end.
 */
export async function openWorld(options: WorldOptions): Promise<World> {
  await using opened = new AsyncDisposableStack()
  const parts = await openParts(options, opened)
  const all = opened.move()
  return { ...parts, close: () => all.disposeAsync() }
}

async function openParts(
  options: WorldOptions,
  opened: AsyncDisposableStack,
): Promise<Omit<World, 'close'>> {
  const toPort = (offset: number) => (options.port === 0 ? 0 : options.port + offset)
  const rotations = openWorldRotation(options.rotationRetryDelaysMs)
  const amazon = await openAmazon(toPort, rotations.options, opened)
  const { config, secrets, aws, userPool, table } = amazon
  const records = openRecordBoard()
  records.onLine(amazon.logs.take)
  const late: Late = {}
  const switchboard = openBoard(amazon, options, () => late.gateway?.coolDown())
  const settings = () => toDemoSettings(userPool, late.gateway?.url ?? '')
  const visitors = openVisitors(() => ({ ...settings(), origin: frontEnd.url }))
  const frontEnd = await openFrontEnd({
    port: toPort(3),
    settings,
    broken: () => switchboard.broken,
    ...{ breakWith: switchboard.breakWith, restore: switchboard.restore },
    visitors,
    look: () => late.preview?.look(),
    ...{ records: records.latest, onRecord: records.onRecord },
    askDoctor: async (client) => late.doctor?.invoke({ client }),
    rotation: () => late.desk,
  })
  opened.defer(frontEnd.close)
  const origins = [frontEnd.url, ...(options.origins ?? [])]
  for (const origin of origins) registerOrigin(config, origin, options.callbackPaths)
  const { runbookUrl } = frontEnd
  const clients = toClientSettings(userPool, origins, options.callbackPaths)
  const deployed = { region, clients, runbookUrl }
  const env = { ...toEnvironment(aws.url, table, deployed), ...options.env }
  const { gateway, doctor } = await openFunctions(options, env, deployed.clients, records, opened)
  const rotation = rotations.open({
    ...{ functionsFolder: ensureBuilt(), env, records },
    ...{ aws, config, store: secrets, rotating: demoClients },
  })
  opened.defer(rotation.close)
  Object.assign(late, { gateway, doctor, desk: rotation.desk })
  if (options.plan) {
    late.preview = openLivePreview(options.plan(deployed), ensureBuilt(), env, records)
    opened.defer(late.preview.close)
  }
  opened.defer(visitors.close)
  return {
    ...{ gateway, userPool, aws, secrets, table },
    ...{ frontEnd, records, switchboard, env, doctor, visitors, rotation: rotation.desk },
  }
}

/** Parts that are opened after the ones that call them. */
interface Late {
  gateway?: Gateway
  doctor?: LocalDoctor
  preview?: LivePreview
  desk?: RotationDesk
}

/** Opens the functions: those behind the gateway, and the one that a schedule calls. */
async function openFunctions(
  { port }: WorldOptions,
  env: Readonly<Record<string, string>>,
  clients: ReturnType<typeof toClientSettings>,
  { take }: RecordBoard,
  opened: AsyncDisposableStack,
) {
  const functionsFolder = ensureBuilt()
  const doctor = openLocalDoctor(functionsFolder, env, take)
  opened.defer(doctor.close)
  const gateway = await openGateway({
    ...{ port, functionsFolder, env, routes, throttle },
    cors: toCors(clients),
    onOutput: take,
    idleSeconds,
  })
  opened.defer(gateway.close)
  return { gateway, doctor }
}

/** Opens the switchboard for everything that can be broken. */
function openBoard(
  { aws, config, secrets, userPool }: Amazon,
  { slowSpreadMs = usualSlowSpreadMs }: WorldOptions,
  coolDown: () => void,
): Switchboard {
  const scene = { aws, config, store: secrets, rotating: demoClients, slowSpreadMs }
  const board = openSwitchboard({
    ...{ pool: userPool, secrets, coolDown },
    breakRotation: (name) => rotationFaults[name](scene),
    settleSecrets: () => settleSecrets(scene),
  })
  return coolBefore(board, coolDown)
}

/** A warm sandbox caches the pool's description for a while, so it would still name the previous fault. */
function coolBefore(switchboard: Switchboard, coolDown: () => void): Switchboard {
  return {
    get broken() {
      return switchboard.broken
    },
    breakWith: (name) => {
      coolDown()
      switchboard.breakWith(name)
    },
    restore: switchboard.restore,
  }
}
