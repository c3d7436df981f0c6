import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { listen } from '../listening.ts'
import type { PoolConfig } from '../user-pool/pool-config.ts'
import type { CloudTrail } from './cloud-trail.ts'
import type { LogEvents } from './log-events.ts'
import { type AwsError, awsError, type Input, type OperationResult } from './protocol.ts'
import {
  openRotationRunner,
  type RotationFunction,
  type RotationProgress,
  type RotationRunner,
} from './rotation-runner.ts'
import { answerSecretCall } from './secrets/secrets-manager.ts'
import type { SecretStore } from './secrets/store.ts'
import {
  denyPoolOperation,
  findPoolOperation,
  type PoolDirectory,
} from './user-pool-description.ts'

export interface AwsEndpointsOptions {
  /** 0 takes a free port. */
  readonly port: number
  readonly secrets: SecretStore
  readonly pools: readonly PoolConfig[]
  /** Finds the pool of a domain; with a single pool, by default that pool. */
  readonly poolOfDomain?: (domain: string) => PoolConfig | undefined
  /** Answers requests that are no AWS calls, such as a user pool's discovery; returns whether it did. */
  readonly answerOther?: (request: IncomingMessage, response: ServerResponse) => boolean
  readonly region?: string
  /** The primary Region, where this one has replicas only. */
  readonly primaryRegion?: string
  /** The event history of the account; without it there is none. */
  readonly trail?: Pick<CloudTrail, 'lookUp'>
  /** What the functions wrote; without it there are no log groups. */
  readonly logs?: Pick<LogEvents, 'filter'>
  /** Rotates secrets; without it none can rotate. */
  readonly rotation?: RotationFunction
  readonly onRotation?: (progress: RotationProgress) => void
}

/** One call that was made, whatever its result. */
export interface AwsCall {
  /** The operation as in `x-amz-target`, for example `secretsmanager.GetSecretValue`. */
  readonly target: string
  readonly body: Input
  readonly at: Date
}

export interface AwsEndpoints {
  readonly url: string
  /** The last calls, newest last. */
  readonly calls: readonly AwsCall[]
  /** Sets whether Cognito refuses every describe call because of missing permissions. */
  denyCognito(isDenied: boolean): void
  /** Sets whether Cognito never answers a describe call. */
  silenceCognito(isSilent: boolean): void
  /** Answers every call of one operation with an error, until it is called without one. */
  refuse(target: string, error?: AwsError): void
  /** Makes a call in process, without HTTP and without a signature. */
  call(target: string, input: Input): Promise<OperationResult>
  /** The runner of rotations. */
  readonly rotations: RotationRunner
  close(): Promise<void>
}

const callsKept = 1000
const cognitoPrefix = 'AWSCognitoIdentityProviderService.'
const secretsPrefix = 'secretsmanager.'
const lookUpEvents = /\bCloudTrail_20131101\.LookupEvents$/
const filterLogEvents = 'Logs_20140328.FilterLogEvents'
const signature = /^AWS4-HMAC-SHA256 Credential=\S+, ?SignedHeaders=\S+, ?Signature=[0-9a-f]{64}$/

interface State {
  readonly options: AwsEndpointsOptions
  readonly directory: PoolDirectory
  readonly calls: AwsCall[]
  readonly rotations: RotationRunner
  readonly refusals: Map<string, AwsError>
  isCognitoDenied: boolean
  isCognitoSilent: boolean
}

/** Starts Secrets Manager and what Cognito tells and does for an operator, on loopback, in AWS's own JSON protocol. */
export async function openAwsEndpoints(options: AwsEndpointsOptions): Promise<AwsEndpoints> {
  const state = openState(options)
  const server = createServer((request, response) => {
    serve(state, request, response).catch(() => response.destroy())
  })
  const { url, close } = await listen(server, options.port)
  return {
    url,
    calls: state.calls,
    denyCognito(isDenied) {
      state.isCognitoDenied = isDenied
    },
    silenceCognito(isSilent) {
      state.isCognitoSilent = isSilent
    },
    refuse(target, error) {
      if (error === undefined) state.refusals.delete(target)
      else state.refusals.set(target, error)
    },
    call: async (target, input) => {
      const result = await answerCall(state, target, input)
      return result === 'silence' ? awsError('TimeoutError', 'No answer.', 504) : result
    },
    rotations: state.rotations,
    close: async () => {
      await state.rotations.close()
      await close()
    },
  }
}

function openState(options: AwsEndpointsOptions): State {
  const { pools, region = 'eu-central-1', primaryRegion } = options
  const onlyPool = pools.length === 1 ? pools[0] : undefined
  const poolOfDomain = options.poolOfDomain ?? (() => onlyPool)
  const openedAtSeconds = Date.now() / 1000
  return {
    options,
    directory: { pools, poolOfDomain, region, primaryRegion, openedAtSeconds },
    calls: [],
    rotations: openRotationRunner(options.rotation, options.onRotation),
    refusals: new Map(),
    isCognitoDenied: false,
    isCognitoSilent: false,
  }
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse) {
  const target = request.headers['x-amz-target']
  if (request.method !== 'POST' || typeof target !== 'string') {
    if (state.options.answerOther?.(request, response)) return
    return reply(response, '', awsError('UnknownOperationException', 'Not an AWS call.', 404))
  }
  const input = parseInput(await text(request))
  state.calls.push({ target, body: input ?? {}, at: new Date() })
  if (state.calls.length > callsKept) state.calls.shift()
  if (!signature.test(request.headers.authorization ?? '')) {
    const message = 'Missing Authentication Token'
    return reply(response, target, awsError('MissingAuthenticationTokenException', message))
  }
  if (!input)
    return reply(response, target, awsError('SerializationException', 'Not a JSON object.'))
  const result = await answerCall(state, target, input)
  if (result !== 'silence') reply(response, target, result)
}

async function answerCall(
  state: State,
  target: string,
  input: Input,
): Promise<OperationResult | 'silence'> {
  const unknown = awsError('UnknownOperationException', `Unknown operation ${target}`)
  const refusal = state.refusals.get(target)
  if (refusal !== undefined) return { error: refusal }
  if (target.startsWith(cognitoPrefix)) {
    if (state.isCognitoSilent) return 'silence'
    const name = target.slice(cognitoPrefix.length)
    if (state.isCognitoDenied) return denyPoolOperation(name, state.directory, input)
    return findPoolOperation(name, state.directory)?.(input) ?? unknown
  }
  if (lookUpEvents.test(target)) return state.options.trail?.lookUp(input) ?? unknown
  if (target === filterLogEvents) return state.options.logs?.filter(input) ?? unknown
  if (!target.startsWith(secretsPrefix)) return unknown
  return (await answerForSecrets(state, target.slice(secretsPrefix.length), input)) ?? unknown
}

async function answerForSecrets(
  { options: { secrets: store }, directory: { region, primaryRegion }, rotations }: State,
  name: string,
  input: Input,
): Promise<OperationResult | 'silence' | undefined> {
  const { fault, refusal, delayMs, isSilent } = store.takeDisturbance()
  if (isSilent) return 'silence'
  if (delayMs > 0) await wait(delayMs, undefined, { ref: false })
  if (refusal !== undefined) return { error: refusal }
  return answerSecretCall(name, input, { store, region, primaryRegion, rotations }, fault)
}

function reply(response: ServerResponse, target: string, result: OperationResult): void {
  response.setHeader('content-type', 'application/x-amz-json-1.1')
  response.setHeader('x-amzn-requestid', randomUUID())
  if ('output' in result) {
    response.writeHead(200).end(JSON.stringify(result.output))
    return
  }
  const { type, message, status } = result.error
  // Secrets Manager writes the field with a capital letter, Cognito and the front door without.
  const field = target.startsWith(secretsPrefix) ? 'Message' : 'message'
  response.writeHead(status).end(JSON.stringify({ __type: type, [field]: message }))
}

function parseInput(body: string): Input | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return isInput(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isInput(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
