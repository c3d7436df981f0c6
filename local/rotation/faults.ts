import { randomBytes } from 'node:crypto'
import type { AwsEndpoints } from '../aws/endpoints.ts'
import type { AwsError } from '../aws/protocol.ts'
import type { SecretStore } from '../aws/secrets/store.ts'
import { findByStage, moveStage } from '../aws/secrets/versions.ts'
import type { AppClient, PoolConfig } from '../user-pool/pool-config.ts'
import type { RotationSwitchName } from './switches.ts'

/** What the switches of rotations change. */
export interface RotationScene {
  readonly aws: AwsEndpoints
  readonly config: PoolConfig
  readonly store: SecretStore
  /** How long a new secret is not yet accepted while that is slow. */
  readonly slowSpreadMs: number
  /** The clients whose secrets rotate, with the names of their secrets. */
  readonly rotating: readonly { readonly clientId: string; readonly secretId: string }[]
}

type Undo = () => void

const cognito = 'AWSCognitoIdentityProviderService.'
const callsOfRotations = ['DescribeSecret', 'PutSecretValue', 'UpdateSecretVersionStage']
const addCall = `${cognito}AddUserPoolClientSecret`

const internal = { type: 'InternalServiceError', message: 'An error occurred on the server side.' }
const denied = {
  type: 'AccessDeniedException',
  message: 'User is not authorized to perform: cognito-idp:AddUserPoolClientSecret',
}
const full = { type: 'LimitExceededException', message: 'The limit of client secrets is reached.' }

/** Turns a switch on, and returns a function that turns it off. */
export const rotationFaults: Readonly<Record<RotationSwitchName, (scene: RotationScene) => Undo>> =
  {
    rotation_unanswered: (scene) =>
      refuse(
        scene,
        callsOfRotations.map((name) => `secretsmanager.${name}`),
        { ...internal, status: 500 },
      ),
    rotation_denied: (scene) => refuse(scene, [addCall], { ...denied, status: 400 }),
    rotation_limit: (scene) => refuse(scene, [addCall], { ...full, status: 400 }),
    rotation_malformed: ({ store }) => {
      store.spoilsPending = true
      return () => {
        store.spoilsPending = false
      }
    },
    rotation_second_secret: (scene) =>
      addByHand(scene, (secrets, added) => [...secrets, added].slice(0, 2)),
    rotation_dynamic_client: (scene) => {
      for (const client of eachClient(scene)) client.clientType = 'DCR'
      return () => {
        for (const client of eachClient(scene)) client.clientType = 'REGULAR'
      }
    },
    rotation_slow: ({ config, slowSpreadMs }) => {
      config.secretSpreadMs = slowSpreadMs
      return () => {
        config.secretSpreadMs = 0
      }
    },
    // What is stored then is corrected by a rotation or by `settleSecrets`.
    rotation_replaced: (scene) => addByHand(scene, (_secrets, added) => [added]),
  }

/**
 * Does what an operator would do after all of this: it undoes a rotation that is stuck, and stores a secret
 * of the app client where the current one is none.
 */
export function settleSecrets({
  aws,
  config,
  store,
  rotating,
}: Omit<RotationScene, 'slowSpreadMs'>): void {
  for (const { clientId, secretId } of rotating) {
    const secret = store.secrets.get(secretId)
    const client = config.appClients.find((one) => one.clientId === clientId)
    if (secret === undefined || client === undefined || aws.rotations.isRunning(secret)) continue
    const current = findByStage(secret, 'AWSCURRENT')
    const pending = findByStage(secret, 'AWSPENDING')
    if (pending !== undefined && pending !== current) {
      const rest = client.secrets.filter(({ value }) => !holds(pending.value, value))
      if (rest.length > 0) client.secrets = rest
      moveStage(secret, 'AWSPENDING', undefined)
    }
    const [first] = client.secrets
    const isRight = client.secrets.some(({ value }) => holds(current?.value, value))
    if (first === undefined || isRight) continue
    store.put(secretId, JSON.stringify({ client_id: clientId, client_secret: first.value }))
  }
}

function holds(text: string | undefined, value: string): boolean {
  return text?.includes(JSON.stringify(value)) === true
}

function refuse({ aws }: RotationScene, targets: readonly string[], error: AwsError): Undo {
  for (const target of targets) aws.refuse(target, error)
  return () => {
    for (const target of targets) aws.refuse(target)
  }
}

function eachClient({ config, rotating }: RotationScene): readonly AppClient[] {
  return config.appClients.filter((client) =>
    rotating.some(({ clientId }) => clientId === client.clientId),
  )
}

type Secrets = AppClient['secrets']

/** Changes the secrets of each app client in the console; undone, what was added goes unless it is the last one. */
function addByHand(
  scene: RotationScene,
  change: (secrets: Secrets, added: Secrets[number]) => Secrets,
): Undo {
  const undos = eachClient(scene).map((client) => {
    const added = makeSecret(client)
    client.secrets = change(client.secrets, added)
    return () => {
      const rest = client.secrets.filter((secret) => secret !== added)
      if (rest.length > 0) client.secrets = rest
    }
  })
  return () => {
    for (const undo of undos) undo()
  }
}

/** A secret that nobody here knows, made in the console some time ago. */
function makeSecret({ clientId }: AppClient): Secrets[number] {
  const createdAtSeconds = Math.floor(Date.now() / 1000) - 3600
  const value = randomBytes(26).toString('hex')
  return { id: `${clientId}--${createdAtSeconds}`, value, createdAtSeconds, isAdded: true }
}
