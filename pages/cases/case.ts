import type { CaseWay, Prevention, ReportedCase } from '../cases-page.ts'
import type { ReportedCause } from './reported-names.ts'

type Fields = Readonly<Record<string, string | undefined>>

/** One request of the front end, and what Cognito answers should the request get there. */
export interface Turn {
  /** Turns of one way share code, verifier and refresh token unless `form` lays others over. */
  readonly asks: 'code' | 'refresh' | 'revoke' | 'authorize' | 'logout'
  /** Laid over the parameters of a sound request; undefined leaves one out. */
  readonly form?: Fields
  /** Laid over the headers of a sound request; undefined leaves one out. */
  readonly headers?: Fields
  /** `empty_secret`: Basic credentials with the id of the client and nothing behind the colon. */
  readonly authorization?: 'empty_secret'
  /** A GET without a body in place of the POST. */
  readonly isGet?: boolean
  /** Absent where the request must not reach Cognito. */
  readonly answer?: CaseAnswer
}

/** What Cognito answers in a case. */
export interface CaseAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | object
}

/** What the user pool would say of itself, laid over one in which all is in order. */
export interface PoolState {
  readonly pool?: {
    readonly lambdaConfig?: Readonly<Record<string, string>>
    readonly deviceConfiguration?: { readonly challengeRequiredOnNewDevice: boolean }
  }
  readonly client?: {
    readonly secrets?: {
      readonly id: string
      readonly value: string
      readonly createdAtSeconds: number
      readonly isAdded?: true
    }[]
    readonly allowedOAuthFlows?: ('code' | 'implicit' | 'client_credentials')[]
    readonly allowedOAuthFlowsUserPoolClient?: boolean
    readonly allowedOAuthScopes?: string[]
    readonly callbackUrls?: string[]
    readonly supportedIdentityProviders?: string[]
    readonly readAttributes?: string[]
    readonly refreshTokenRotation?: {
      readonly retryGracePeriodSeconds: number
    }
  }
}

/** One way of playing a case; its last turn is the one that is judged. */
export interface PlayedWay extends CaseWay {
  readonly turns: readonly Turn[]
  /** Whether all turns are sent at once, each to a sandbox of its own; the first refusal is judged. */
  readonly isAtOnce?: boolean
  /** Laid over the client's settings. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Whether these settings are refused; such a way has no turns. */
  readonly isMisconfigured?: true
  /** What Secrets Manager holds in the place of the app client's secret; `nothing`: no value at all. */
  readonly stored?: string
  /** `unreadable`: the pool does not let itself be described, so that nothing of it is known. */
  readonly state?: PoolState | 'unreadable'
  /** What makes the mistake impossible, to be seen in the request that Cognito gets. */
  readonly prevention?: Prevention
  /** The name of this way, if it differs from that of the case. */
  readonly ours?: string
}

/** A reported failure with everything that it takes to play it. */
export interface PlayedCase extends ReportedCase<ReportedCause> {
  readonly ways: readonly PlayedWay[]
}

/** Cognito's answer with tokens; more fields, or none in the place of one, may be laid over. */
export function tokens(fields: Fields = {}): CaseAnswer {
  return {
    status: 200,
    body: {
      access_token: 'access.token.value',
      id_token: 'id.token.value',
      refresh_token: 'refresh.token.value',
      token_type: 'Bearer',
      expires_in: 3600,
      ...fields,
    },
  }
}

/** Cognito's refusal with its one word. */
export function refusal(error: string): CaseAnswer {
  return { status: 400, body: { error } }
}
