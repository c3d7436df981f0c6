// What Cognito says and what its configuration shows need not agree: then nothing is proved.
import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { AppClient, PoolConfig } from '../../../local/user-pool/pool-config.ts'
import type { ExpectedFinding } from '../../fixtures/conformance/diagnosed-world.ts'
import { assertFindingInTime } from '../../fixtures/conformance/in-time.ts'
import {
  codeGrant,
  type FormParameters,
  openProxy,
  refreshGrant,
  webClient,
} from '../../fixtures/conformance/proxy.ts'
import { appClient, makePool } from '../../fixtures/local/aws-fixture.ts'

interface Contradiction {
  readonly says: string
  readonly error: string
  readonly description?: string
  readonly form: FormParameters
  /** How the described client differs from a sound one. */
  readonly client?: Partial<AppClient>
  readonly pool?: Partial<PoolConfig>
  /** Whether the described secret is another one than the stored. */
  readonly hasOtherSecret?: boolean
  readonly found: ExpectedFinding
}

const codeCandidates = [
  ...['code_already_used', 'code_expired', 'verifier_mismatch', 'code_of_another_client'],
  ...['scope_attributes_unreadable', 'resource_server_missing', 'identity_provider_attributes'],
]

const rejectedCandidates = [
  ...['client_secret_mismatch', 'client_not_found', 'client_has_no_secret'],
  ...['domain_of_another_pool', 'secret_change_spreading'],
]

const contradictions: readonly Contradiction[] = [
  {
    says: 'invalid_client where the secret is the described one',
    error: 'invalid_client',
    form: codeGrant(),
    found: {
      cause: 'client_rejected',
      certainty: 'undetermined',
      evidence: ['secret_unchanged', 'client_present', 'secret_equal'],
      candidates: ['secret_change_spreading'],
    },
  },
  {
    says: 'invalid_client where the named pool does not exist',
    error: 'invalid_client',
    form: codeGrant(),
    pool: { poolId: 'eu-central-1_Another01', domainPoolId: makePool().poolId },
    found: {
      cause: 'client_rejected',
      certainty: 'undetermined',
      evidence: ['secret_unchanged', 'user_pool_absent'],
      candidates: rejectedCandidates,
    },
  },
  {
    says: 'invalid_client where neither the client nor the domain is of the named pool',
    error: 'invalid_client',
    form: codeGrant(),
    client: { clientId: 'another' },
    pool: { domainPoolId: 'eu-central-1_Another01' },
    found: {
      cause: 'client_rejected',
      certainty: 'undetermined',
      evidence: ['secret_unchanged', 'client_absent', 'domain_elsewhere'],
      candidates: rejectedCandidates,
    },
  },
  {
    says: 'a code of a sign-in that named a resource',
    error: 'invalid_grant',
    form: codeGrant({ resource: 'https://mcp.example/' }),
    found: {
      cause: 'code_rejected',
      certainty: 'undetermined',
      evidence: ['no_use_on_record', 'oauth_enabled', 'resource_sent'],
      candidates: [
        'resource_server_missing',
        ...codeCandidates.filter((one) => one !== 'resource_server_missing'),
      ],
    },
  },
  {
    says: 'unauthorized_client at a refresh where everything is in order',
    error: 'unauthorized_client',
    form: refreshGrant(),
    found: {
      cause: 'client_unauthorized',
      certainty: 'undetermined',
      evidence: [],
      candidates: ['grant_not_allowed', 'oauth_flows_disabled'],
    },
  },
  {
    says: 'unauthorized_client that speaks of the redirect URI, where everything is in order',
    error: 'unauthorized_client',
    description: 'invalid_redirect',
    form: codeGrant(),
    found: {
      cause: 'redirect_uri_mismatch',
      certainty: 'likely',
      evidence: ['described_as_redirect', 'client_in_order', 'callback_registered'],
    },
  },
  {
    says: 'unauthorized_client that speaks of the redirect URI, where the OAuth switch is off',
    error: 'unauthorized_client',
    description: 'invalid_redirect',
    form: codeGrant(),
    client: { allowedOAuthFlowsUserPoolClient: false },
    found: {
      cause: 'oauth_flows_disabled',
      certainty: 'likely',
      evidence: ['described_as_redirect', 'oauth_flag_off'],
    },
  },
  {
    says: 'unauthorized_client that speaks of the redirect URI, where the code flow is missing',
    error: 'unauthorized_client',
    description: 'invalid_redirect',
    form: codeGrant(),
    client: { allowedOAuthFlows: [] },
    found: {
      cause: 'grant_not_allowed',
      certainty: 'likely',
      evidence: ['described_as_redirect', 'code_flow_missing'],
    },
  },
  {
    says: 'invalid_grant for a code where the OAuth switch is off',
    error: 'invalid_grant',
    form: codeGrant(),
    client: { allowedOAuthFlowsUserPoolClient: false },
    found: { cause: 'oauth_flows_disabled', certainty: 'likely', evidence: ['oauth_flag_off'] },
  },
  {
    says: 'invalid_grant for a code where the described secret differs',
    error: 'invalid_grant',
    form: codeGrant(),
    hasOtherSecret: true,
    found: {
      cause: 'code_rejected',
      certainty: 'undetermined',
      evidence: ['no_use_on_record', 'oauth_enabled'],
      candidates: codeCandidates,
    },
  },
  {
    says: 'invalid_request at a code where revocation is off',
    error: 'invalid_request',
    form: codeGrant(),
    client: { enableTokenRevocation: false },
    found: {
      cause: 'cognito_request_rejected',
      certainty: 'undetermined',
      evidence: ['error_unexpected'],
      candidates: ['domain_path_wrong', 'request_changed_on_the_way', 'cognito_changed'],
    },
  },
]

async function openContradiction(t: TestContext, { client, pool, ...rest }: Contradiction) {
  const described: AppClient = { ...appClient, clientId: webClient.clientId, ...client }
  const config = { ...makePool(), ...pool, appClients: [described] }
  const { poolId: userPoolId } = makePool()
  const proxy = await openProxy({
    pools: [config],
    clients: (web) => [{ ...web, userPoolId }],
  })
  t.after(() => proxy.close())
  const value = rest.hasOtherSecret ? 'another_secret_0123456789' : proxy.secret
  described.secrets = [{ id: 'only', value, createdAtSeconds: 1 }]
  return proxy
}

for (const contradiction of contradictions) {
  const { says, error, description, form, found } = contradiction
  test(`${says} is ${found.cause}, ${found.certainty}`, async (t) => {
    const ask = async () => {
      const proxy = await openContradiction(t, contradiction)
      const body = { error, error_description: description }
      proxy.upstream.script({ status: 400, body })
      const reply = await proxy.send({ body: form })
      const [record] = proxy.records()
      assert.ok(record)
      return { reply, record }
    }
    await assertFindingInTime(ask, found)
  })
}
