import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mergeResults, type Results } from '../../bench/results.ts'
import { toFigure } from '../../bench/statistics.ts'

const toOne = (name: string, us: number) =>
  toFigure({ name, title: name, unit: 'ms', reference: 'us' }, [{ us }])

const whole: Results = {
  command: 'npm run bench',
  machine: { processor: 'one' },
  versions: { 'Node.js': '24.0.0' },
  figures: [toOne('cold', 1), toOne('memory', 2)],
  bytesByPackage: { a: 1 },
  importMsByPackage: { a: 3 },
}
const part: Results = {
  ...whole,
  command: 'npm run bench -- --only memory',
  figures: [toOne('memory', 4)],
  bytesByPackage: { a: 2 },
  importMsByPackage: {},
}

test('a part that is measured again replaces its own figures, and the command says so once', () => {
  const merged = mergeResults(mergeResults(whole, part), part)
  assert.deepEqual(
    merged.figures.map(({ name, rows }) => [name, rows[0]?.value.median]),
    [
      ['cold', 1],
      ['memory', 4],
    ],
  )
  assert.equal(merged.command, 'npm run bench; npm run bench -- --only memory')
  assert.deepEqual([merged.bytesByPackage, merged.importMsByPackage], [{ a: 2 }, { a: 3 }])
})

test('an import that was profiled again replaces the earlier profile', () => {
  const importMsByPackage = { b: 5 }
  assert.deepEqual(mergeResults(whole, { ...part, importMsByPackage }).importMsByPackage, { b: 5 })
})
