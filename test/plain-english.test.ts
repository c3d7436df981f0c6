import assert from 'node:assert/strict'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readSourceTree, type SourceTree } from './source-tree.ts'

/** Words and turns of phrase that make a reader stop, each with what to write instead. */
const replacements = {
  'mend|mends|mended|mending': 'fix, correct, restore',
  anew: 'again',
  'heed|heeds|heeded': 'follow, respect',
  'lest|whence|thence|hence|thereof|hereby|whereby|wherein': 'a short sentence of its own',
  'be it': 'whether',
  'tell of|tells of|told of': 'report',
  'become of|becomes of|became of': 'the outcome of, happen to',
  'nobody knows': 'it is unknown',
  'as yet|ought|shall|upon': 'yet, should, must, on',
  'is to be|are to be|was to be': 'must be, or say who does it',
  'goes round': 'makes a round',
} as const

const words = new RegExp(`\\b(?:${Object.keys(replacements).join('|')})\\b`, 'gi')

/** Texts of others, the list above, and names that AWS or npm chose. */
const isOurs = (path: string) =>
  !/^(?:LICENSE|package-lock\.json|test\/plain-english\.test\.ts)/.test(path) &&
  path !== 'test/tools/third-party-notices.test.ts'

function findOldWords(tree: SourceTree): readonly string[] {
  return [...tree].flatMap(([path, text]) =>
    isOurs(path)
      ? [...text.replaceAll(/\s*\n[\s*/>#|-]*/g, ' ').matchAll(words)].map(
          ([word]) => `${path}: ${word.toLowerCase()}`,
        )
      : [],
  )
}

test('docs, texts, names and comments use plain words', () => {
  const tree = readSourceTree(dirname(dirname(fileURLToPath(import.meta.url))))
  assert.ok(tree.size > 400)
  assert.deepEqual(findOldWords(tree), [])
})

test('an old word is found in every kind of text, across lines too, and a plain word is not', () => {
  const tree = new Map([
    ['docs/a.md', 'Mend it, then read it\nanew.'],
    ['core/b.ts', '/** What became\n * of it. */\nconst text = `this is to be seen`'],
    ['runbook/c.ts', 'const amend = { recommend: "again", shallow: "hereby" }'],
  ])
  assert.deepEqual(findOldWords(tree), [
    'docs/a.md: mend',
    'docs/a.md: anew',
    'core/b.ts: became of',
    'core/b.ts: is to be',
    'runbook/c.ts: hereby',
  ])
})
