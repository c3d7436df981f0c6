import { findDrift, revertDrift } from '../runbook/commands.ts'
import { toCodeBlock } from '../runbook/markdown.ts'
import { renewParts } from './generated-parts.ts'

/** Renews `docs/operations.md`: the commands that the runbook has, too. */
export function renewOperationsPage(page: string): string {
  return renewParts(page, {
    'find what was changed by hand': toCodeBlock('sh', findDrift.command),
    'put it back': toCodeBlock('sh', revertDrift.command),
  })
}
