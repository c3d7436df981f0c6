import { answerRules } from './answer-rules.ts'
import { credentialRules } from './credential-rules.ts'
import { describedClients } from './described-clients.ts'
import { describedNetwork } from './described-network.ts'
import { describedRequests } from './described-requests.ts'
import { requestRules } from './request-rules.ts'
import type { Rule } from './rule.ts'
import { signInRules } from './sign-in-rules.ts'

/** Every rule; a proof outweighs what is likely, and both outweigh an exclusion. */
export const rules: readonly Rule[] = [
  ...requestRules,
  ...credentialRules,
  ...answerRules,
  ...signInRules,
  ...describedClients,
  ...describedRequests,
  ...describedNetwork,
]
