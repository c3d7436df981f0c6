import type { CauseName } from '../../core/causes.ts'
import type { DiagnosedWorld, ExpectedFinding } from './diagnosed-world.ts'

/** One state in which the user pool refuses, what it is taken for, and what is left without evidence. */
export interface PoolState {
  readonly says: string
  readonly grant: 'code' | 'refresh' | 'revocation'
  readonly spoil: (world: DiagnosedWorld) => void
  readonly found: ExpectedFinding
  /** Named when nothing but Cognito's word is known. */
  readonly word: CauseName
}

const proved = (cause: CauseName, ...evidence: string[]): ExpectedFinding => ({
  cause,
  certainty: 'proved',
  evidence,
})
const likely = (cause: CauseName, ...evidence: string[]): ExpectedFinding => ({
  ...proved(cause, ...evidence),
  certainty: 'likely',
})
/** That a client without the code flow may not refresh is not established. */
const certainly = (grant: PoolState['grant']) => (grant === 'code' ? proved : likely)
type SwitchName = Parameters<DiagnosedWorld['visitor']['pool']['breakWith']>[0]
const by = (name: SwitchName) => (world: DiagnosedWorld) => world.visitor.pool.breakWith(name)

const clientStates: readonly PoolState[] = (['code', 'refresh', 'revocation'] as const).flatMap(
  (grant) => [
    {
      says: 'an app client that is gone',
      grant,
      spoil: by('client_gone'),
      found: proved('client_not_found', 'secret_unchanged', 'client_absent'),
      word: 'client_rejected',
    },
    {
      says: 'an app client without a secret',
      grant,
      spoil: by('client_without_secret'),
      found: proved('client_has_no_secret', 'secret_unchanged', 'no_active_secret'),
      word: 'client_rejected',
    },
    {
      says: 'another secret in the user pool than in Secrets Manager',
      grant,
      spoil: by('secret_mismatch'),
      found: proved(
        'client_secret_mismatch',
        ...['secret_unchanged', 'secret_differs', 'one_active_secret'],
      ),
      word: 'client_rejected',
    },
    {
      says: 'two active secrets, neither of which is the stored one',
      grant,
      spoil: ({ visitor: { client } }) => {
        const [first] = client.secrets
        const value = 'another_secret_0123456789'
        if (first) client.secrets = ['a', 'b'].map((id) => ({ ...first, id, value: value + id }))
      },
      found: likely(
        'client_secret_mismatch',
        ...['secret_unchanged', 'secret_differs', 'two_active_secrets'],
      ),
      word: 'client_rejected',
    },
    {
      says: 'a domain that belongs to another pool, which refuses the client of this one',
      grant,
      spoil: (world) => {
        world.visitor.pool.breakWith('secret_mismatch')
        world.config.domainPoolId = 'eu-central-1_Another01'
      },
      found: proved('domain_of_another_pool', 'secret_unchanged', 'domain_elsewhere'),
      word: 'client_rejected',
    },
  ],
)

const flagStates: readonly PoolState[] = (['code', 'refresh'] as const).flatMap((grant) => [
  {
    says: 'no code grant among the allowed OAuth flows',
    grant,
    spoil: by('code_grant_not_allowed'),
    found: certainly(grant)('grant_not_allowed', 'code_flow_missing'),
    word: 'client_unauthorized',
  },
  {
    says: 'OAuth flows switched off',
    grant,
    spoil: by('oauth_flows_off'),
    found: certainly(grant)('oauth_flows_disabled', 'oauth_flag_off'),
    word: 'client_unauthorized',
  },
  {
    says: 'neither the flow nor the OAuth switch',
    grant,
    spoil: (world) => {
      world.visitor.pool.breakWith('oauth_flows_off')
      world.visitor.client.allowedOAuthFlows = []
    },
    found: likely('grant_not_allowed', 'code_flow_missing', 'oauth_flag_off'),
    word: 'client_unauthorized',
  },
])

const callbackStates: readonly PoolState[] = [
  {
    says: 'a callback URL that is registered with a slash more',
    grant: 'code',
    spoil: by('callback_not_registered'),
    found: likely('callback_not_registered', 'callback_missing'),
    word: 'client_unauthorized',
  },
  {
    says: 'OAuth flows off and the callback URL not registered',
    grant: 'code',
    spoil: (world) => {
      world.visitor.pool.breakWith('callback_not_registered')
      world.visitor.client.allowedOAuthFlowsUserPoolClient = false
    },
    found: likely('oauth_flows_disabled', 'oauth_flag_off', 'callback_missing'),
    word: 'client_unauthorized',
  },
  {
    says: 'a sign-in that was begun with another redirect URI',
    grant: 'code',
    spoil: by('redirect_differs'),
    found: likely('redirect_uri_mismatch', 'client_in_order', 'callback_registered'),
    word: 'client_unauthorized',
  },
]

/** Every state of the user pool that its configuration shows. */
export const poolStates: readonly PoolState[] = [
  ...clientStates,
  ...flagStates,
  ...callbackStates,
  {
    says: 'revocation switched off',
    grant: 'revocation',
    spoil: ({ visitor }) => {
      visitor.client.enableTokenRevocation = false
    },
    found: proved('revocation_disabled', 'error_unexpected', 'revocation_flag_off'),
    word: 'cognito_request_rejected',
  },
]
