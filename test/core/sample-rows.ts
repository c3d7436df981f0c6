import type { Cause, Fault, OAuthError } from '../../core/cause.ts'

/** One row of the contract's table of causes. */
export type ContractRow = readonly [name: string, status: number, error: OAuthError, fault: Fault]

/** A part of the catalogue, reduced to what the contract fixes. */
export function toContractRows(part: Readonly<Record<string, Cause>>): readonly ContractRow[] {
  return Object.entries(part).map(([name, { status, error, fault }]) => [
    name,
    status,
    error,
    fault,
  ])
}
