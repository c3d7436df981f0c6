import assert from 'node:assert/strict'
import { test } from 'node:test'
import budgets from '../../bench/budgets.json' with { type: 'json' }
import { sumBytes } from '../../bench/bundles.ts'
import { bundleOnce } from '../fixtures/bundled-functions.ts'

for (const [name, most] of Object.entries(budgets.staticKilobytes)) {
  test(`the function ${name} loads no more than ${most} KB before it answers`, async () => {
    const { metafile } = await bundleOnce()
    // What is imported lazily is not among them.
    const bytes = sumBytes(metafile, `${name}.mjs`)
    assert.ok(bytes > 0 && bytes <= most * 1000, `${bytes} bytes`)
    // A budget with room to spare holds nothing.
    assert.ok(bytes > most * 900, `${bytes} bytes: lower the budget`)
  })
}
