import { callerCases } from './caller-cases.ts'
import type { PlayedCase } from './case.ts'
import { clientCases } from './client-cases.ts'
import { codeCases } from './code-cases.ts'
import { refreshCases } from './refresh-cases.ts'
import { requestCases } from './request-cases.ts'
import { settingsCases } from './settings-cases.ts'
import { triggerCases } from './trigger-cases.ts'
import { unknownCases } from './unknown-cases.ts'

/** Every reported failure, in the order of the page. */
export const reportedCases: readonly PlayedCase[] = [
  ...requestCases,
  ...clientCases,
  ...codeCases,
  ...refreshCases,
  ...triggerCases,
  ...callerCases,
  ...settingsCases,
  ...unknownCases,
]
