import assert from 'node:assert/strict'
import { type CauseName, toCause } from '../../core/causes.ts'
import { routes } from '../../core/http-api.ts'
import { type AwsEndpoints, openAwsEndpoints } from '../../local/aws/endpoints.ts'
import { type EvidenceTable, openEvidenceTable } from '../../local/aws/evidence-table.ts'
import { openSecretStore, type SecretStore } from '../../local/aws/secret-store.ts'
import { ensureBuilt } from '../../local/built-functions.ts'
import { type Gateway, openGateway } from '../../local/gateway/gateway.ts'
import type { PoolConfig } from '../../local/user-pool/pool-config.ts'
import { openVisitor, redirectUri, type Visitor } from '../local/user-pool-visitor.ts'
import { assertLines } from '../record-schema.ts'
import { assertFailure } from './contract.ts'
import {
  type FormParameters,
  type Line,
  pickRecords,
  type Reply,
  send,
  toEnvironment,
  webClient,
} from './proxy.ts'

export const region = 'eu-central-1'

/** One answer with its record. */
export interface Answered {
  readonly reply: Reply
  readonly record: Line
}

/** The built function behind the gateway, before the embedded user pool and its describe calls. */
export interface DiagnosedWorld {
  readonly visitor: Visitor
  readonly config: PoolConfig
  readonly aws: AwsEndpoints
  readonly secrets: SecretStore
  readonly table: EvidenceTable
  readonly gateway: Gateway
  /** The function's environment, to start it otherwise. */
  readonly env: Readonly<Record<string, string>>
  /** Sends a form; to the token endpoint unless a path is given. */
  ask(form: FormParameters, path?: string): Promise<Answered>
  /** A code exchange after a fresh sign-in. */
  codeForm(): Promise<FormParameters>
  /** A refresh with the refresh token of a fresh sign-in. */
  refreshForm(): Promise<FormParameters>
  /** The describe calls that were made, by name. */
  describeCalls(): readonly string[]
  lines(): readonly string[]
  /** Ends everything; throws where a line is not of the schema. */
  close(): Promise<void>
}

export interface DiagnosedWorldOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Laid over the client's settings; undefined leaves a field out. */
  readonly client?: Readonly<Record<string, unknown>>
  readonly poolOfDomain?: (config: PoolConfig) => PoolConfig | undefined
  /** Where the built functions lie, if elsewhere. */
  readonly functionsFolder?: string
  /** What code that a test has put into the functions writes. */
  readonly plantedLine?: string
  /** Whether the function is told of the evidence table. */
  readonly hasTable?: boolean
}

/** Opens the world. The client's secret is stored; `web` is its name. */
export async function openDiagnosedWorld(
  options: DiagnosedWorldOptions = {},
): Promise<DiagnosedWorld> {
  const visitor = await openVisitor()
  const { config } = visitor
  const secrets = openSecretStore()
  secrets.put(webClient.secretId, visitor.client.secrets[0]?.value ?? '')
  const { poolOfDomain = () => config } = options
  const aws = await openAwsEndpoints({
    port: 0,
    secrets,
    pools: [config],
    poolOfDomain: () => poolOfDomain(config),
  })
  const table = await openEvidenceTable(region, 0)
  const env = {
    ...toEnvironment(aws.url, [{ ...toClient(visitor), ...options.client }]),
    AWS_ENDPOINT_URL_DYNAMODB: table.url,
    ...(options.hasTable && { TOKEN_PROXY_EVIDENCE_TABLE: table.name }),
    ...options.env,
  }
  const lines: string[] = []
  const gateway = await openGateway({
    port: 0,
    functionsFolder: options.functionsFolder ?? ensureBuilt(),
    env,
    routes,
    cors: undefined,
    onOutput: (line) => lines.push(line),
  })
  const close = async () => {
    await gateway.close()
    await Promise.all([visitor.close(), aws.close(), table.close()])
    assertLines(lines.filter((line) => line !== options.plantedLine))
  }
  const parts = { visitor, config, aws, secrets, table, gateway, env, close }
  return { ...parts, ...toActions(parts, lines), lines: () => lines }
}

type Parts = Pick<DiagnosedWorld, 'visitor' | 'aws' | 'gateway'>

function toActions({ visitor, aws, gateway }: Parts, lines: readonly string[]) {
  const { clientId } = visitor.client
  return {
    ask: async (body: FormParameters, path = '/oauth2/token'): Promise<Answered> => {
      const reply = await send(gateway.url, { body, path })
      const id = reply.headers['x-request-id']
      const record = pickRecords(lines).find((one) => one['request_id'] === id)
      assert.ok(record, 'every answer has its record')
      return { reply, record }
    },
    codeForm: async () => ({ ...(await visitor.signIn()).form, client_id: clientId }),
    refreshForm: async () => ({
      grant_type: 'refresh_token',
      client_id: clientId,
      refresh_token: (await visitor.tokens()).refresh_token,
    }),
    describeCalls: () =>
      aws.calls.flatMap(({ target }) => /^AWSCognito\w+\.(\w+)$/.exec(target)?.[1] ?? []),
  }
}

function toClient({ pool, config, client }: Visitor) {
  return {
    ...webClient,
    clientId: client.clientId,
    domain: pool.domainUrl,
    userPoolId: config.poolId,
    redirectUris: [redirectUri],
  }
}

/** What a refusal is expected to be explained as. */
export interface ExpectedFinding {
  readonly cause: CauseName
  readonly certainty: 'proved' | 'likely' | 'undetermined'
  readonly evidence: readonly string[]
  /** Of an undetermined cause alone. */
  readonly candidates?: readonly string[]
}

/** Holds answer and record against the contract, and against what was to be found out, exactly. */
export function assertFinding({ reply, record }: Answered, expected: ExpectedFinding): void {
  const { cause, certainty, evidence, candidates } = record
  assert.deepEqual(
    { cause, certainty, evidence, candidates },
    { candidates: undefined, ...expected },
  )
  const known = toCause(expected.cause).evidence ?? []
  const strange = expected.evidence.filter((slug) => !known.includes(slug))
  assert.deepEqual(strange, [], 'the catalogue knows every piece of evidence of the cause')
  const isCode = record['grant_type'] === 'authorization_code'
  assertFailure(reply, record, { cause: expected.cause, isCode })
}
