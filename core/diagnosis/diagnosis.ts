import type { CauseName, Failure, UndeterminedCause } from '../causes/catalogue.ts'
import { diagnoseClient, diagnoseRequest, diagnoseUnauthorized } from './app-client.ts'
import { diagnoseDomain } from './domain.ts'
import { diagnoseCode, diagnoseRefreshToken } from './grant.ts'
import type { DiagnosisInput, InputWith } from './input.ts'
import type { PoolEvidence, PoolPart } from './pool-evidence.ts'

/** How a failure of one cause is explained. */
interface Diagnosis<P extends PoolPart, Later extends PoolPart = P> {
  /** The parts of the pool's configuration that could tell more. */
  readonly reads: readonly P[]
  /** Parts that are worth a further call once the first are known. */
  readonly readsThen?: (first: PoolEvidence) => readonly Later[]
  readonly diagnose: (input: InputWith<NoInfer<P | Later>>) => Failure
}

/** Makes a row; it compiles only where every part that the function looks at is read. */
export function toDiagnosis<P extends PoolPart, Later extends PoolPart = never>(
  row: Diagnosis<P, Later>,
): Diagnosis<PoolPart> {
  return row
}

/** Every cause that evidence can narrow down. An undetermined cause without a row does not compile. */
const diagnoses: { readonly [N in CauseName]?: Diagnosis<PoolPart> } & {
  readonly [N in UndeterminedCause]: Diagnosis<PoolPart>
} = {
  client_rejected: toDiagnosis({
    reads: ['client', 'activeSecrets', 'pool'],
    readsThen: chooseDomain,
    diagnose: diagnoseClient,
  }),
  client_unauthorized: toDiagnosis({ reads: ['client'], diagnose: diagnoseUnauthorized }),
  code_rejected: toDiagnosis({ reads: ['client'], diagnose: diagnoseCode }),
  refresh_token_rejected: toDiagnosis({
    reads: ['client', 'pool'],
    diagnose: diagnoseRefreshToken,
  }),
  domain_not_found: toDiagnosis({ reads: ['domain'], diagnose: diagnoseDomain }),
  cognito_request_rejected: toDiagnosis({ reads: ['client'], diagnose: diagnoseRequest }),
}

/** Asking who owns the domain is a separate call, made only if the pool does not name the domain as its own. */
function chooseDomain({ pool }: PoolEvidence): readonly 'domain'[] {
  // If the pool did not answer, the domain would hardly answer either, and the failure has waited long enough.
  if (pool === undefined) return []
  const isOwn = pool.value !== 'absent' && pool.value.hasDomain
  return isOwn ? [] : ['domain']
}

/** Chooses which parts of the configuration could tell more about a failure; none for most causes. */
export function choosePoolParts(cause: CauseName): readonly PoolPart[] {
  return diagnoses[cause]?.reads ?? []
}

/** Chooses which further parts are worth a call once the first are known. */
export function chooseMoreParts(cause: CauseName, first: PoolEvidence): readonly PoolPart[] {
  return diagnoses[cause]?.readsThen?.(first) ?? []
}

const nothingRead = {
  client: undefined,
  activeSecrets: undefined,
  pool: undefined,
  domain: undefined,
} as const satisfies Readonly<Record<PoolPart, undefined>>

/**
 * Names the cause of a failure by the evidence, or gives the failure back as it was. Proved is only what
 * admits no other explanation; what evidence merely suggests is likely; the rest stays undetermined, with
 * the candidates that the evidence leaves.
 */
export function diagnose(input: DiagnosisInput): Failure {
  const { failure } = input
  const pool = { ...nothingRead, ...input.pool }
  const found = diagnoses[failure.cause]?.diagnose({ ...input, pool }) ?? failure
  return { ...found, facts: { ...failure.facts, ...found.facts } }
}
