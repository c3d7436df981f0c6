import { doctorTimeoutSeconds } from '../core/doctor/round.ts'
import { functionTimeoutSeconds, type Route } from '../core/http-api.ts'
import type { Stage } from './stage.ts'

/** Every function that each stage deploys, as in `functions/NAME.ts`. */
export const functionNames = ['oauth2', 'metadata', 'doctor'] as const
export type FunctionName = (typeof functionNames)[number]

/** Every built function: `rotate` is deployed only where secrets rotate. */
export const builtNames = [...functionNames, 'rotate'] as const
export type BuiltName = (typeof builtNames)[number]

/** How one function runs, and what invokes it. */
export interface FunctionPlan {
  readonly timeoutSeconds: number
  readonly memoryMb: number
  readonly reservedConcurrency: number
  /** Set only if it is invoked again and again: how often, and with which event if not with that of EventBridge. */
  readonly schedule?: {
    readonly rate: string
    readonly event?: Readonly<Record<string, unknown>> | undefined
  }
  /** Set only if Lambda invokes it asynchronously. */
  readonly unawaited?: {
    readonly maximumRetryAttempts: number
    readonly maximumEventAgeSeconds: number
  }
  /** Whether it writes and reads the table of used codes and refresh tokens. */
  readonly remembersUses: boolean
  /** Whether it reads the key that seals refresh tokens in cookies, to use or to check it. */
  readonly readsCookieKey: boolean
  /** Whether it reads secrets and describes user pools; otherwise it calls no AWS service. */
  readonly asksAws: boolean
  /** Whether it replaces secrets, in Secrets Manager and at Cognito. */
  readonly rotates?: true
}

/** How often the doctor makes a round; a round that is later than this is dropped. */
export const doctorEverySeconds = 300

/** Plans every deployed function; packaging checks the built files against the plan. */
export function planFunctions(
  stage: Stage,
): Readonly<Record<FunctionName | Route['function'], FunctionPlan>> {
  const clients = [...stage.settings.clients.values()]
  const readsCookieKey = clients.some(({ refreshToken }) => refreshToken === 'cookie')
  return {
    oauth2: {
      timeoutSeconds: functionTimeoutSeconds,
      memoryMb: stage.memoryMb,
      reservedConcurrency: stage.reservedConcurrency,
      remembersUses: stage.evidenceTable,
      readsCookieKey,
      asksAws: true,
    },
    metadata: {
      timeoutSeconds: functionTimeoutSeconds,
      memoryMb: 256,
      reservedConcurrency: stage.reservedConcurrency,
      remembersUses: false,
      readsCookieKey: false,
      asksAws: false,
    },
    doctor: {
      timeoutSeconds: doctorTimeoutSeconds,
      memoryMb: 256,
      // Two rounds at the same time would report everything twice, and share the quota of the describe calls.
      reservedConcurrency: 1,
      ...(stage.doctorSchedule && { schedule: { rate: `${doctorEverySeconds / 60} minutes` } }),
      // The next round comes by itself.
      unawaited: { maximumRetryAttempts: 0, maximumEventAgeSeconds: doctorEverySeconds },
      remembersUses: false,
      readsCookieKey,
      asksAws: true,
    },
  }
}
