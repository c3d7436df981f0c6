import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readMostUsd } from '../../bench/budgets.ts'
import { us } from '../../bench/run-context.ts'
import { toMeasured } from '../../pages/scale-inputs.ts'
import { renewScalePage } from '../../pages/scale-page.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')
const page = readFileSync(join(docs, 'scale.md'), 'utf8')
const results = JSON.parse(readFileSync(join(docs, 'performance.json'), 'utf8'))

/** The cells of each row of a generated part. */
function readRows(part: string): readonly (readonly string[])[] {
  const [, text = ''] = page.split(`<!-- generated: ${part} -->`)
  const [table = ''] = text.split('<!-- end -->')
  return table
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .slice(1)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
}

test('the sum is that of the parts as they are shown, and the bar is held against it', () => {
  const rows = readRows('bill')
  const usd = (cells: readonly string[] = []) => Number(cells.at(-1)?.replaceAll('*', ''))
  const sum = usd(rows.at(-1))
  const parts = rows.slice(0, -1).reduce((total, cells) => total + usd(cells), 0)
  assert.ok(rows.length >= 7 && Math.abs(parts - sum) < 0.03, `${parts} and ${sum}`)
  const [whole] = readRows('bar')
  assert.equal(Number(whole?.[1]), sum)
  assert.equal(whole?.[2] === 'met', sum <= readMostUsd())
})

test('the figures that are measured come from the last run of the bench', () => {
  const { loggedBytes, waitMs } = toMeasured(results)
  const measured = results.figures.find(
    ({ name }: { readonly name: string }) => name === 'logged-bytes',
  )
  const own = measured.rows.find(
    ({ contestant }: { readonly contestant: string }) => contestant === us,
  )
  assert.equal(loggedBytes, own.value.median)
  assert.ok(waitMs >= 40, 'the mock of Cognito takes 40 ms')
  assert.throws(() => toMeasured({ figures: [] }), /has no warm-tls-slow-p50/)
})

test('fewer logged bytes make the page cheaper, and nothing else', () => {
  const figures = results.figures.map(
    (figure: { readonly name: string; readonly rows: object[] }) =>
      figure.name === 'logged-bytes'
        ? { ...figure, rows: [{ contestant: us, value: { median: 500, p25: 500, p75: 500 } }] }
        : figure,
  )
  const cheaper = renewScalePage(page, { ...results, figures }, readMostUsd())
  const changed = page.split('\n').filter((line, at) => line !== cheaper.split('\n')[at])
  assert.ok(changed.some((line) => line.startsWith('| CloudWatch Logs |')))
  assert.ok(!changed.some((line) => line.startsWith('| Lambda, duration |')))
})
