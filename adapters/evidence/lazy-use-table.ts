import type { Clock } from '../clock.ts'
import type { UseRow, UseTable } from './use-table.ts'

/**
 * Opens the table when it is first used: its SDK client is a chunk of its own, so that a deployment
 * without a table never loads it. If it cannot be loaded, it is as if there were no table.
 */
export function openLazyUseTable(name: string, clock: Clock): UseTable {
  let table: Promise<UseTable | undefined> | undefined
  const load = () => {
    table ??= import('./use-table.ts').then(
      ({ openUseTable }) => openUseTable(name, clock),
      () => {
        // The next use tries to load it again.
        table = undefined
        return undefined
      },
    )
    return table
  }
  return {
    begin: (...use) => {
      const row: Promise<UseRow | undefined> = load().then((opened) => opened?.begin(...use))
      return {
        end: async (outcome, waitMs) => (await row)?.end(outcome, waitMs),
        read: async (waitMs) => (await row)?.read(waitMs),
      }
    },
  }
}
