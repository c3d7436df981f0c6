import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseForm, toFormBody } from '../../core/form.ts'
import { parseBoth } from '../fixtures/core/form-body.ts'
import { chooseSeed, openRandom } from '../fixtures/core/seeded-random.ts'

/** Any characters but the ones that are refused: controls, separators, lone surrogates. */
function toText(random: () => number, length: number): string {
  const ranges = [
    [0x20, 0x7e],
    [0x20, 0x7e],
    [0xa0, 0x2027],
    [0x202a, 0xd7ff],
    [0xe000, 0xffff],
    [0x10000, 0x10ffff],
  ] as const
  return Array.from({ length }, () => {
    const [first, last] = ranges[Math.floor(random() * ranges.length)] ?? ranges[0]
    return String.fromCodePoint(first + Math.floor(random() * (last - first + 1)))
  }).join('')
}

test('reads every well-formed body as URLSearchParams does, and every body of its own', (t) => {
  const seed = chooseSeed()
  t.diagnostic(`SEED=${seed}`)
  const random = openRandom(seed)
  for (let round = 0; round < 500; round += 1) {
    const pairs = new Map<string, string>()
    const size = 1 + Math.floor(random() * 8)
    for (let index = 0; index < size; index += 1) {
      // A prefix keeps the first character from looking like JSON or like nothing at all.
      pairs.set(`n${toText(random, Math.floor(random() * 10))}`, `v${toText(random, 12)}`)
    }
    const theirs = new URLSearchParams([...pairs]).toString()
    const mine = toFormBody(Object.fromEntries(pairs))
    for (const form of [...parseBoth(theirs), ...parseBoth(mine)]) {
      assert.ok(form.ok, `SEED=${seed} round ${round}`)
      assert.deepEqual(new Map(form.value), pairs, `SEED=${seed} round ${round}`)
    }
    assert.deepEqual(new Map(new URLSearchParams(mine)), pairs, `SEED=${seed} round ${round}`)
  }
})

test('never throws, and never takes what a strict decoder refuses', (t) => {
  const seed = chooseSeed()
  t.diagnostic(`SEED=${seed}`)
  const random = openRandom(seed)
  const alphabet = ['a', '=', '&', '%', '4', '1', 'F', 'é', '+', '\u0000', '\ud83d', '{']
  for (let round = 0; round < 2000; round += 1) {
    const body = Array.from(
      { length: Math.floor(random() * 12) },
      () => alphabet[Math.floor(random() * alphabet.length)],
    ).join('')
    const form = parseForm(body, false)
    if (!form.ok) continue
    const theirs = [...new URLSearchParams(body)].filter(([, value]) => value !== '')
    assert.deepEqual([...form.value], theirs, `SEED=${seed} ${JSON.stringify(body)}`)
  }
})
