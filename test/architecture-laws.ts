import * as rules from './architecture-rules.ts'

const lines = (count: number) => 'x\n'.repeat(count)
const loose = `a${'ny'}`
const ignored = (tool: string) => `// ${tool}${'-ig'}nore`

/** A rule with its positive control: a planted tree that breaks it, and one that does not. */
export interface Law {
  readonly title: string
  readonly rule: rules.Rule
  /** Files that break the rule, and what must be found in each. */
  readonly broken: Readonly<Record<string, string>>
  readonly found: readonly string[]
  /** Files that keep it, though they come near to breaking it. */
  readonly kept: Readonly<Record<string, string>>
}

export const laws: readonly Law[] = [
  {
    title: 'imports run from functions over adapters to the core, and never outward',
    rule: rules.followsDirections,
    broken: {
      'core/a.ts': "import { readFileSync } from 'node:fs'",
      'core/b.ts': "import type { X } from '../adapters/x.ts'",
      'core/c.ts': "import middy from '@middy/core'",
      'core/d.ts': "export type X = import('../local/x.ts').X",
      'core/deep/e.ts': "export * from '../../adapters/x.ts'",
      'adapters/a.ts': "import {\n  type X,\n} from '../functions/x.ts'",
      'adapters/b.ts': "import '../tools/x.ts'",
      'functions/a.ts': "const x = await import('../local/x.ts')",
      'functions/b.ts': "import x from '../package.json' with { type: 'json' }",
      'infra/a.ts': "import { x } from '../adapters/x.ts'",
      'local/a.ts': "import { x } from '../adapters/x.ts'",
      'local/deep/b.ts': "import { x } from '../../infra/x.ts'",
      'bench/a.ts': 'import { x } from "../test/x.ts"',
    },
    found: [
      'core/a.ts: imports node:fs',
      'core/b.ts: imports ../adapters/x.ts',
      'core/c.ts: imports @middy/core',
      'core/d.ts: imports ../local/x.ts',
      'core/deep/e.ts: imports ../../adapters/x.ts',
      'adapters/a.ts: imports ../functions/x.ts',
      'adapters/b.ts: imports ../tools/x.ts',
      'functions/a.ts: imports ../local/x.ts',
      'functions/b.ts: imports ../package.json',
      'infra/a.ts: imports ../adapters/x.ts',
      'local/a.ts: imports ../adapters/x.ts',
      'local/deep/b.ts: imports ../../infra/x.ts',
      'bench/a.ts: imports ../test/x.ts',
    ],
    kept: {
      'core/a.ts': "// import x from 'node:fs'\nimport { x } from './deep/x.ts'",
      'core/deep/b.ts': "import type { x } from '../a.ts'",
      'adapters/a.ts': "import { x } from 'node:fs'\nimport { y } from '../core/a.ts'",
      'functions/a.ts': "import { x } from '../adapters/a.ts'\nimport { y } from '../core/a.ts'",
      'local/deep/a.ts': "import { x } from '../../functions/a.ts'",
      'infra/a.ts': "import { x } from '../core/a.ts'",
      'tools/a.ts': "import { x } from '../infra/a.ts'",
      'test/a.ts': "import { x } from '../local/a.ts'",
    },
  },
  {
    title: 'no file imports itself over any way round, for types alone included',
    rule: rules.hasNoCycle,
    broken: {
      'core/a.ts': "import { b } from './deep/b.ts'",
      'core/deep/b.ts': "import type { c } from '../c.ts'",
      'core/c.ts': "export { a } from './a.ts'",
      'test/self.ts': "import './self.ts'",
    },
    found: [
      'core/a.ts: core/a.ts > core/deep/b.ts > core/c.ts > core/a.ts',
      'test/self.ts: test/self.ts > test/self.ts',
    ],
    kept: {
      'core/a.ts': "import './b.ts'\nimport './c.ts'",
      'core/b.ts': "import './c.ts'",
      'core/c.ts': '',
    },
  },
  {
    title: 'every file and folder has a telling name',
    rule: rules.hasTellingNames,
    broken: {
      'core/utils.ts': '',
      'local/helpers/x.ts': '',
      'adapters/common.ts': '',
      'lib/x.ts': '',
      'test/shared/x.ts': '',
      'core/types.ts': '',
      'core/utils.test.ts': '',
    },
    found: [
      'core/utils.ts',
      'local/helpers/x.ts',
      'adapters/common.ts',
      'lib/x.ts',
      'test/shared/x.ts',
      'core/types.ts',
      'core/utils.test.ts',
    ],
    kept: { 'test/types/x.ts': '', 'core/shared-secret.ts': '', 'core/library.ts': '' },
  },
  {
    title: 'no file only hands on what others export',
    rule: rules.hasNoBarrel,
    broken: {
      'core/a.ts': "/** All. */\nexport * from './x.ts'\nexport {\n  y,\n} from './y.ts'\n",
      'core/b.ts': "import { x } from './x.ts'\nexport { x }",
      'core/c.ts': "export type { X } from './x.ts'",
    },
    found: ['core/a.ts: only hands on', 'core/b.ts: only hands on', 'core/c.ts: only hands on'],
    kept: {
      'core/a.ts': "export type { X } from './x.ts'\nexport const y = 1",
      'tools/a.ts': "import './x.ts'",
    },
  },
  {
    title: 'the core has no clock, no randomness, no environment, no I/O, no throw and no wait',
    rule: rules.keepsCorePure,
    broken: {
      'core/a.ts': 'process.env; Date.now(); new Date(0); Math.random()',
      'core/b.ts': "fetch('x'); console.log(1); setTimeout(f, 1)",
      'core/c.ts': 'async () => { await x; throw y }',
    },
    found: [
      ...['process.', 'Date.now', 'new Date(', 'Math.random'].map(
        (word) => `core/a.ts: has ${word}`,
      ),
      ...['fetch(', 'console.', 'setTimeout'].map((word) => `core/b.ts: has ${word}`),
      ...['throw ', 'await ', 'async '].map((word) => `core/c.ts: has ${word}`),
    ],
    kept: { 'adapters/a.ts': 'process.env; throw x', 'core/a.ts': '/** Of a process; no Date. */' },
  },
  {
    title: 'catch stands only where a throw becomes a failure',
    rule: rules.catchesWhereThrowsBecomeFailures,
    broken: {
      'core/a.ts': 'try {} catch {}',
      'functions/a.ts': 'x.catch(() => {})',
      'infra/a.ts': 'try {} catch (thrown) {}',
    },
    found: ['core/a.ts: catches', 'functions/a.ts: catches', 'infra/a.ts: catches'],
    kept: {
      'core/json.ts': 'try {} catch {}',
      'core/a.ts': '// catch (all)',
      'adapters/a.ts': 'try {} catch {}',
    },
  },
  {
    title: 'no file has more than 250 lines',
    rule: rules.keepsFilesShort,
    broken: { 'core/a.ts': lines(251), 'b.yml': lines(251), 'c.css': `${lines(250)}x` },
    found: ['core/a.ts: has 251 lines', 'b.yml: has 251 lines', 'c.css: has 251 lines'],
    kept: { 'core/a.ts': lines(250), 'docs/a.md': lines(999), 'package-lock.json': lines(999) },
  },
  {
    title: 'half of what is deployed has at most 100 lines',
    rule: rules.keepsMedianLow,
    broken: { 'core/a.ts': lines(1), 'adapters/b.ts': lines(101), 'functions/c.ts': lines(101) },
    found: ['median: 101 lines'],
    kept: { 'core/a.ts': lines(100), 'core/b.ts': lines(100), 'core/c.ts': lines(250) },
  },
  {
    title: 'no type fits everything',
    rule: rules.keepsTypesTight,
    broken: {
      'core/a.ts': `const x = y as ${loose}`,
      'test/b.ts': `function f(x: ${loose}) {}`,
      'local/c.ts': `type X = Map<string, ${loose}>`,
      'local/d.ts': `type X = ${loose}[]`,
    },
    found: ['core/a.ts', 'test/b.ts', 'local/c.ts', 'local/d.ts'].map(
      (path) => `${path}: has the type that fits everything`,
    ),
    kept: { 'core/a.ts': `// as ${loose} may\nconst company: Company = ${loose}(1)` },
  },
  {
    title: 'every suppression has its reason, and the core has none',
    rule: rules.givesReasonsForSuppressions,
    broken: {
      'core/a.ts': `${ignored('biome')} lint/x: a good and long reason`,
      'adapters/a.ts': `x\n${ignored('biome')} lint/x`,
      'adapters/b.ts': `${ignored('@ts')}: a good and long reason`,
      'test/core/a.ts': `// @ts-${'expect'}-error: a good and long reason`,
      'test/types/a.ts': `// @ts-${'expect'}-error`,
      'local/a.ts': `/* node:coverage ${'ignore'} next */`,
    },
    found: [
      `core/a.ts:1: biome${'-ig'}nore`,
      `adapters/a.ts:2: biome${'-ig'}nore`,
      `adapters/b.ts:1: @ts${'-ig'}nore`,
      `test/core/a.ts:1: @ts-${'expect'}-error`,
      `test/types/a.ts:1: @ts-${'expect'}-error`,
      `local/a.ts:1: node:coverage ${'ignore'}`,
    ],
    kept: {
      'adapters/a.ts': `${ignored('biome')} lint/x: the wire calls it so`,
      'test/types/a.ts': `// @ts-${'expect'}-error: facts of another cause`,
    },
  },
  {
    title: 'no file names the place where it was written',
    rule: rules.namesNoWorkplace,
    broken: { 'a.md': `see ${'/ho'}me/me`, 'b.json': `https://registry.${'npm'}js.org` },
    found: [`a.md: names ${'/ho'}me/`, `b.json: names registry.${'npm'}js`],
    kept: { 'a.md': 'the root of the tree, and its home' },
  },
  {
    title: 'the lock file names no address to load from',
    rule: rules.locksNoAddress,
    broken: { 'package-lock.json': '{ "resolved": "https://x.example/a.tgz" }' },
    found: ['package-lock.json: names an address'],
    kept: { 'package-lock.json': '{ "integrity": "sha512-x" }' },
  },
  {
    title: 'every file of the core that runs has a test at the same path',
    rule: rules.testsEveryCoreFile,
    broken: { 'core/deep/a.ts': 'export const a = 1', 'core/b.ts': 'export function b() {}' },
    found: ['test/core/deep/a.test.ts: is missing', 'test/core/b.test.ts: is missing'],
    kept: {
      'core/a.ts': 'export interface A {}',
      'core/b.ts': 'export class B {}',
      'test/core/b.test.ts': '',
    },
  },
  {
    title: 'every export of core and adapters has a docstring right above it',
    rule: rules.explainsEveryExport,
    broken: {
      'core/a.ts': 'export const a = 1\nexport type A = typeof a',
      'core/b.ts': '/** Of b. */\n\nexport function b() {}\n// Of B.\nexport class B {}',
      'adapters/a.ts': '/* Of a. */\nexport async function a() {}\n}\nexport interface A {}',
    },
    found: [
      'core/a.ts: a has no docstring',
      'core/a.ts: A has no docstring',
      'core/b.ts: b has no docstring',
      'core/b.ts: B has no docstring',
      'adapters/a.ts: a has no docstring',
      'adapters/a.ts: A has no docstring',
    ],
    kept: {
      'core/a.ts': "/** Of a. */\nexport const a = 1\nexport type { B } from './b.ts'",
      'adapters/a.ts': '/**\n * Of A.\n */\nexport interface A {}\nfunction own() {}',
      'infra/a.ts': 'export const a = 1',
    },
  },
]
