import { paint } from './paint.ts'

/** One check as a terminal shows it; every text is printable. */
export interface ShownCheck {
  readonly name: string
  readonly status: 'ok' | 'failed' | 'warning' | 'skipped'
  readonly found: string
  readonly fix?: string | undefined
  /** The call that fixes it. */
  readonly command?: string | undefined
}

/** The mark of each status, and the colour of it. */
export const marks: Readonly<
  Record<ShownCheck['status'], readonly [mark: string, colour: number]>
> = {
  ok: ['✓', 32],
  failed: ['✗', 31],
  warning: ['!', 33],
  skipped: ['–', 90],
}

/** Writes checks under a head, each with what fixes it. A call that fixes several is written once. */
export function toCheckTable(head: string, checks: readonly ShownCheck[]): string {
  const widest = Math.max(...checks.map(({ name }) => name.length))
  const commands = checks.map(({ command }) => command)
  const rows = checks.flatMap(({ name, status, found, fix, command }, index) => {
    const isAbove = commands.indexOf(command) < index
    const indent = ' '.repeat(widest + 6)
    return [
      `  ${paint(...marks[status])} ${name.padEnd(widest)}  ${found}`,
      ...(fix === undefined ? [] : [`${indent}${paint(`→ ${fix}`, 1)}`]),
      ...(command === undefined
        ? []
        : [`${indent}${isAbove ? '(the same call as above)' : `$ ${command}`}`]),
    ]
  })
  return [head, '', ...rows].join('\n')
}
