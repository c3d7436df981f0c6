import type { CauseName } from '../core/causes/catalogue.ts'
import type { DoctorCauseName } from '../core/causes/doctor.ts'
import type { RotationCauseName } from '../core/causes/rotation.ts'
import { cookieTexts } from './cookie.ts'
import { deploymentTexts } from './deployment.ts'
import { doctorTexts } from './doctor.ts'
import { domainTexts } from './domain.ts'
import { edgeTexts } from './edge.ts'
import { refusedByProxyTexts } from './refused-by-proxy.ts'
import { rejectedClientTexts } from './rejected-client.ts'
import { rejectedGrantTexts } from './rejected-grant.ts'
import { rejectedRequestTexts } from './rejected-request.ts'
import { rotationTexts } from './rotation.ts'
import type { RotationTextOf, RunbookText, RunbookTextOf } from './text.ts'
import { unansweredTexts } from './unanswered.ts'

/**
 * The prose for the cause catalogue; the compiler keeps it complete. Nothing that is deployed imports it,
 * so it adds nothing to a bundle.
 */
export const runbookTexts = {
  ...refusedByProxyTexts,
  ...edgeTexts,
  ...cookieTexts,
  ...rejectedClientTexts,
  ...rejectedRequestTexts,
  ...rejectedGrantTexts,
  ...unansweredTexts,
  ...domainTexts,
  ...deploymentTexts,
  ...doctorTexts,
  ...rotationTexts,
} as const satisfies { readonly [N in CauseName]: RunbookTextOf<N> } & Readonly<
  Record<DoctorCauseName, RunbookText>
> & { readonly [N in RotationCauseName]: RotationTextOf<N> }
