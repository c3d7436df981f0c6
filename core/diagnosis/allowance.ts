import { type CauseName, toCause } from '../causes/catalogue.ts'

/** Who can have brought about a failure: `anyone` where a caller may have, though it is told as the operator's. */
export type Allowance = 'caller' | 'anyone' | 'operator'

/** Says whose allowance of describe calls the look at a failure is taken from. */
export function toAllowance(cause: CauseName): Allowance {
  const { fault, alarm } = toCause(cause)
  if (fault === 'caller') return 'caller'
  return alarm?.provokable ? 'anyone' : 'operator'
}
