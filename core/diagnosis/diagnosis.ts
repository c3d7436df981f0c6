import type { CauseName, Failure } from '../causes/catalogue.ts'
import { diagnoseClient, diagnoseRequest, diagnoseUnauthorized } from './app-client.ts'
import { diagnoseDomain } from './domain.ts'
import { diagnoseCode, diagnoseRefreshToken } from './grant.ts'
import type { OpenFailure } from './open-failure.ts'

type Diagnose = (open: OpenFailure) => Failure

const byCause: { readonly [N in CauseName]?: Diagnose } = {
  client_rejected: diagnoseClient,
  client_unauthorized: diagnoseUnauthorized,
  code_rejected: diagnoseCode,
  refresh_token_rejected: diagnoseRefreshToken,
  domain_not_found: diagnoseDomain,
  cognito_request_rejected: diagnoseRequest,
}

/**
 * Names the cause of a failure by the evidence, or gives the failure back as it was. Proved is only what
 * admits no other explanation; what evidence merely suggests is likely; the rest stays undetermined, with
 * the candidates that the evidence leaves.
 */
export function diagnose(open: OpenFailure): Failure {
  const found = byCause[open.failure.cause]?.(open) ?? open.failure
  return { ...found, facts: { ...open.failure.facts, ...found.facts } }
}
