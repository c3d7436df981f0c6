import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import {
  notRun,
  readmeCommands,
  runElsewhere,
  testReadmeCommands,
} from './fixtures/readme-commands.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const readme = read('README.md')

/** The words of a command that a test must say, too; ports are chosen when it runs. */
function wordsOf(command: string): string[] {
  return command.split(' ').filter((word) => !/^(?:npm|run|--|\d+)$/.test(word))
}

test('the README shows the first command to run by its twelfth line', () => {
  const first = readme.split('\n').indexOf('npm start')
  assert.ok(first >= 0 && first < 12, `npm start stands on line ${first + 1}`)
})

test('every command that is run elsewhere or by no test is in the README, and really run there', () => {
  assert.ok(readmeCommands.length >= 6)
  for (const command of Object.keys({ ...runElsewhere, ...notRun })) {
    assert.ok(readmeCommands.includes(command), `${command} is no longer in the README`)
  }
  for (const [command, file] of Object.entries(runElsewhere)) {
    const text = read(file)
    assert.ok(text.includes(`readReadmeCommand('${command}'`), `${file}: ${command}`)
    assert.match(text, /\bstartNpm\(/)
  }
})

test('the README has every command of the project, and no other', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'))
  const named = readmeCommands.map((command) => wordsOf(command)[0])
  assert.deepEqual([...new Set(named)].sort(), Object.keys(scripts).sort())
})

// One that writes and one that answers; readme.long.ts has all of them.
testReadmeCommands(['npm run build', 'npm run explain -- invalid_client'])

/** The pages that are written by hand. */
const handWritten = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'docs/cookie-mode.md',
  'docs/decisions.md',
  'docs/local-world.md',
  'docs/many-tabs.md',
  'docs/native-apps.md',
  'docs/operations.md',
  'docs/performance.md',
  'docs/rotation.md',
]
const folders = globSync('*/', { cwd: root }).map((folder) => folder.replace(/\/$/, ''))

test('every file that a page names in backticks is there', () => {
  const named = handWritten.flatMap((page) =>
    [...read(page).matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/?)`/g)].map(([, path = '']) => [page, path]),
  )
  const inside = named.filter(([, path = '']) => folders.includes(path.split('/')[0] ?? ''))
  // A name in capitals stands for whatever the reader puts there; `dist/` is made by a build.
  const paths = inside.filter(
    ([, path = '']) => path.includes('/') && !/^dist\/|\b[A-Z]{2,}\b/.test(path),
  )
  for (const [page, path = ''] of paths) assert.ok(existsSync(join(root, path)), `${page}: ${path}`)
  assert.ok(paths.length > 30)
})

test('every link between the pages leads to a file, and every anchor to a heading', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'].concat(
    globSync('docs/*.md', { cwd: root }),
  )
  for (const page of pages) {
    for (const [, target = ''] of read(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(target)) continue
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? page : join(dirname(page), path)
      assert.ok(existsSync(join(root, file)), `${page} links to ${target}`)
      if (anchor !== undefined) {
        const headings = [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) =>
          text
            .toLowerCase()
            .replace(/[^\w\s-]/g, '')
            .replaceAll(' ', '-'),
        )
        assert.ok(headings.includes(anchor), `${page} links to ${target}`)
      }
    }
  }
})
