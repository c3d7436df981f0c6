import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const readme = read('README.md')

/** Commands that tests of their own run, as a user would type them. */
const runElsewhere: Readonly<Record<string, string>> = {
  'npm start': 'test/end-to-end/start-command.test.ts',
  'npm run gateway -- --port 8787': 'test/end-to-end/gateway-command.test.ts',
  'npm run package -- --stage dev': 'test/infra/template.test.ts',
}
/** A test cannot deploy, and cannot run all tests. */
const notRun = ['npm run deploy -- --stage dev', 'npm test']

function commandsOf(text: string): string[] {
  const fenced = [...text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    block.split('\n').filter((line) => line.startsWith('npm ')),
  )
  const inTables = [...text.matchAll(/^\| `(npm [^`]+)`/gm)].map(([, command = '']) => command)
  return [...new Set([...fenced, ...inTables])]
}

test('the README shows the first command to run by its twelfth line', () => {
  const first = readme.split('\n').indexOf('npm start')
  assert.ok(first >= 0 && first < 12, `npm start stands on line ${first + 1}`)
})

test('every command of the README is run by a test, and the rest is named', () => {
  const commands = commandsOf(readme)
  assert.ok(commands.length >= 6)
  for (const [command, file] of Object.entries(runElsewhere)) {
    assert.ok(commands.includes(command), `${command} is no longer in the README`)
    assert.ok(existsSync(join(root, file)), `${file} runs ${command}`)
  }
})

for (const command of commandsOf(readme)) {
  if (command in runElsewhere || notRun.includes(command)) continue
  test(`"${command}" of the README succeeds`, async () => {
    const [program = '', ...args] = command.split(' ')
    const child = spawn(program, args, { cwd: root, stdio: 'ignore' })
    const [code] = await once(child, 'exit')
    assert.equal(code, 0)
  })
}

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
