import { systemClock } from '../../adapters/clock.ts'
import type { TokenExchange } from '../../adapters/token-exchange.ts'
import type { TokenShell } from '../../adapters/token-shell.ts'
import type { Outcome } from '../../core/outcome.ts'
import type { Measures } from '../../core/record.ts'
import { parseSettings, type Settings } from '../../core/settings.ts'
import { clientsVariable } from '../../core/settings-table.ts'
import { leastClientFields } from '../core/sample-client.ts'

/** Settings with one client, as an environment gives them. */
export function toSettings(environment: Readonly<Record<string, string>> = {}): Settings {
  const clients = JSON.stringify([leastClientFields])
  const parsed = parseSettings({ [clientsVariable]: clients, ...environment })
  if (!parsed.ok) throw new Error(parsed.problems.join())
  return parsed.settings
}

export interface Written {
  readonly outcome: Outcome<unknown>
  readonly measures: Measures
}

/** A shell whose exchange is given by hand, with what it was told to record. */
export function openTestShell(exchange: TokenExchange, settings = toSettings()) {
  const written: Written[] = []
  let isCold = true
  const shell: TokenShell = {
    clock: systemClock,
    records: {
      write: (outcome, measures) => written.push({ outcome, measures }),
      writeProblems: () => {},
      writeChecks: () => {},
    },
    runbookUrl: '',
    open: {
      settings,
      exchange: async (request, deadline) => {
        if ('sealed' in request) throw new Error('this shell knows no cookies')
        return exchange(request, deadline)
      },
    },
    takeColdStart: () => {
      const wasCold = isCold
      isCold = false
      return wasCold
    },
  }
  return { shell, written }
}

/** The event of a refresh that may go on, as the HTTP API hands it over. */
export const refreshEvent = {
  rawPath: '/oauth2/token',
  rawQueryString: '',
  headers: {
    'content-type': 'application/x-www-form-urlencoded',
    origin: leastClientFields.origins[0],
  },
  requestContext: { http: { method: 'POST' }, requestId: 'request-1' },
  body: Buffer.from('grant_type=refresh_token&client_id=client1&refresh_token=r').toString(
    'base64',
  ),
  isBase64Encoded: true,
}
