import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { npmEnvironment } from './fixtures/end-to-end/npm-command.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const readme = read('README.md')

/** Commands that need a world around them, with the test that runs each as it stands in the README. */
const runElsewhere: Readonly<Record<string, string>> = {
  'npm start': 'test/end-to-end/start-command.test.ts',
  'npm run gateway -- --port 8787': 'test/end-to-end/gateway-command.test.ts',
  'npm run doctor -- --client web': 'test/end-to-end/doctor-command.test.ts',
  'npm run secret -- status --client web': 'test/end-to-end/secret-command.test.ts',
  'npm run smoke -- --url http://127.0.0.1:8787': 'test/end-to-end/smoke-command.test.ts',
  'npm run example -- plain': 'test/browser/examples.test.ts',
}
/** Commands that no test runs, each with the reason. */
const notRun: Readonly<Record<string, string>> = {
  'npm run init -- --user-pool-id eu-central-1_AbCdEfGhI --client-id 7abcdefghijklmnopqrstuvwxy --stage prod':
    'needs a user pool; test/end-to-end/init-command.test.ts runs it with the embedded one',
  'npm run deploy -- --stage prod': 'deploys to AWS',
  'npm run bench': 'takes minutes; test/bench/bench.long.ts makes a short run',
  'npm test': 'runs this test',
  'npm run test:long': 'takes minutes; the check itself is tested by test/tools/check.test.ts',
}

function commandsOf(text: string): string[] {
  const fenced = [...text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    block.split('\n').filter((line) => line.startsWith('npm ')),
  )
  const inTables = [...text.matchAll(/^\| `(npm [^`]+)`/gm)].map(([, command = '']) => command)
  return [...new Set([...fenced, ...inTables])]
}

/** The words of a command that a test must say, too; ports are chosen when it runs. */
function wordsOf(command: string): string[] {
  return command.split(' ').filter((word) => !/^(?:npm|run|--|\d+)$/.test(word))
}

let copy: string
before(() => {
  copy = copyOfTree()
})
after(() => rmSync(copy, { recursive: true, force: true }))

/** What a commit would hold, with the packages that are installed here: commands may rewrite it. */
function copyOfTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'token-proxy-readme-'))
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const paths = execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\0')
  for (const path of paths.filter((one) => one !== '' && existsSync(join(root, one)))) {
    cpSync(join(root, path), join(folder, path))
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

test('the README shows the first command to run by its twelfth line', () => {
  const first = readme.split('\n').indexOf('npm start')
  assert.ok(first >= 0 && first < 12, `npm start stands on line ${first + 1}`)
})

test('every command that is run elsewhere or by no test is in the README, and really run there', () => {
  const commands = commandsOf(readme)
  assert.ok(commands.length >= 6)
  for (const command of Object.keys({ ...runElsewhere, ...notRun })) {
    assert.ok(commands.includes(command), `${command} is no longer in the README`)
  }
  for (const [command, file] of Object.entries(runElsewhere)) {
    const text = read(file)
    assert.ok(text.includes(`readReadmeCommand('${command}'`), `${file}: ${command}`)
    assert.match(text, /\bstartNpm\(/)
  }
})

test('the README has every command of the project, and no other', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'))
  const named = commandsOf(readme).map((command) => wordsOf(command)[0])
  assert.deepEqual([...new Set(named)].sort(), Object.keys(scripts).sort())
})

for (const command of commandsOf(readme)) {
  if (command in runElsewhere || command in notRun) continue
  test(`"${command}" of the README succeeds`, async () => {
    const [program = '', ...args] = command.split(' ')
    const child = spawn(program, args, { cwd: copy, env: npmEnvironment, stdio: 'ignore' })
    const [code] = await once(child, 'exit')
    assert.equal(code, 0)
  })
}

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
