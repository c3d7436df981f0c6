import assert from 'node:assert/strict'
import { posix } from 'node:path'
import { test } from 'node:test'
import type { Metafile } from 'esbuild'
import budgets from '../../bench/budgets.json' with { type: 'json' }
import { bundleFunctions } from '../../tools/build.ts'

/** The bytes that Node.js reads when it imports a function; what is imported lazily is not among them. */
function countStaticBytes({ outputs }: Metafile, entry: string, seen = new Set<string>()): number {
  const output = outputs[entry]
  if (output === undefined || seen.has(entry)) return 0
  seen.add(entry)
  const imported = output.imports.filter(({ kind }) => kind === 'import-statement')
  return imported.reduce(
    (sum, { path }) => sum + countStaticBytes({ inputs: {}, outputs }, path, seen),
    output.bytes,
  )
}

const { metafile } = await bundleFunctions()
for (const [name, most] of Object.entries(budgets.staticKilobytes)) {
  test(`the function ${name} loads no more than ${most} KB before it answers`, () => {
    const bytes = countStaticBytes(metafile, posix.join('dist', 'functions', `${name}.mjs`))
    assert.ok(bytes > 0 && bytes <= most * 1000, `${bytes} bytes`)
    // A budget with room to spare holds nothing.
    assert.ok(bytes > most * 900, `${bytes} bytes: lower the budget`)
  })
}
