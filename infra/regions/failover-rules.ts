import type { ValuesOf } from '../../core/settings/field.ts'
import type { regionFields } from './fields.ts'

/** What the failover of the custom domain name depends on. */
export type FailoverValues = ValuesOf<typeof regionFields> & {
  readonly region: string
  readonly domainHostedZone: string | undefined
  readonly disableExecuteApiEndpoint: boolean
}

/** Notes what the failover of the custom domain name cannot work without. */
export function noteFailoverProblems(stage: FailoverValues, note: (problem: string) => void): void {
  if (!stage.domainFailover) return
  if (stage.domainHostedZone === undefined) note('domainFailover needs domainHostedZone')
  if (stage.disableExecuteApiEndpoint) {
    note(
      'domainFailover needs the address that AWS makes: without it, nothing can ask this Region alone',
    )
  }
}
