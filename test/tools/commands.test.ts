import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Command, OptionValues } from '@commander-js/extra-typings'
import { portCount } from '../../local/world.ts'
import { listFlags, parseCommandLine } from '../../tools/command-line.ts'
import { commands } from '../../tools/commands.ts'
import { exampleNames } from '../../tools/example-pages.ts'
import { scripts, testCommandsAsProcesses } from '../fixtures/tools/command-processes.ts'

const root = join(import.meta.dirname, '..', '..')

/** What a command answers to words that it refuses. */
function refuse(name: keyof typeof commands, ...words: readonly string[]): string {
  const command: Command<unknown[], OptionValues> = commands[name]
  const parsed = parseCommandLine(command, words)
  assert.ok(!parsed.ok)
  assert.equal(parsed.exitCode, 2)
  return parsed.text
}

test('every npm script is in the table of commands, and no other', () => {
  assert.deepEqual(Object.keys(commands).sort(), Object.keys(scripts).sort())
})

test('the pages name only commands that exist, and flags that these know', () => {
  const pages = globSync(['*.md', 'docs/*.md', 'docs/runbook/*.md'], { cwd: root })
  const text = pages.map((page) => readFileSync(join(root, page), 'utf8')).join('\n')
  const named = [...text.matchAll(/npm (?:run )?([\w:]+) -- ([^\n`|]+)/g)].flatMap(
    ([, name = '', rest = '']) =>
      [...rest.matchAll(/--[a-z-]+/g)].map(([flag]) => [name, flag] as const),
  )
  const known = new Map(Object.entries(commands).map(([name, one]) => [name, listFlags(one)]))
  assert.deepEqual(
    named.filter(([name, flag]) => !known.get(name)?.includes(flag)),
    [],
  )
  assert.ok(named.length > 50)
})

// One that serves, one that looks and one that changes something; commands.long.ts has all of them.
testCommandsAsProcesses(['start', 'doctor', 'secret'])

test('every script reads its command line by the row of its command', () => {
  for (const [name, command] of Object.entries(scripts)) {
    const script = command.split(' ').find((word) => word.endsWith('.ts')) ?? assert.fail(name)
    const row = /^\w+$/.test(name) ? `commands.${name}` : `commands['${name}']`
    const text = readFileSync(join(root, script), 'utf8')
    const isRead = [',', ')'].some((end) => text.includes(`readCommandLine(${row}${end}`))
    assert.ok(isRead, name)
  }
})

test('every flag is offered to whoever mistypes it', () => {
  for (const [name, command] of Object.entries(commands)) {
    for (const flag of listFlags(command)) {
      const sentence = `error: unknown option '${flag}e' (Did you mean ${flag}?) See --help.\n`
      assert.equal(refuse(name as keyof typeof commands, `${flag}e`), sentence)
    }
  }
})

const refused: readonly (readonly [name: keyof typeof commands, words: string[], why: RegExp])[] = [
  [
    'start',
    ['--port', 'web'],
    /^error: option '--port <number>' argument 'web' is invalid\. It must/,
  ],
  ['start', ['--port', '65532'], /from 0 to 65531\. See --help\.\n$/],
  ['start', ['--port'], /^error: option '--port <number>' argument missing See --help\.\n$/],
  ['start', ['8787'], /^error: too many arguments/],
  ['gateway', ['--port', '-1'], /'-1' is invalid/],
  ['gateway', ['--port', '65536'], /from 0 to 65535/],
  ['gateway', ['--port', '0x10'], /'0x10' is invalid/],
  ['gateway', ['--port', ''], /'' is invalid/],
  ['gateway', ['--concurrency', '0'], /from 1 to 999999/],
  ['gateway', ['--concurrency', 'many'], /from 1 to 999999/],
  ['example', [], /^error: missing required argument 'name'/],
  ['example', ['vue'], /Allowed choices are plain, react, native\./],
  ['example', ['plain', '--port', '65531'], /from 0 to 65530/],
  ['package', ['--stage'], /^error: option '-s, --stage <name>' argument missing/],
  ['build', ['oauth2'], /^error: too many arguments/],
  ['doctor', ['--client'], /^error: option '--client <name>' argument missing/],
]
for (const [name, words, why] of refused) {
  test(`${name} ${JSON.stringify(words)} is refused in one line`, () => {
    const answer = refuse(name, ...words)
    assert.match(answer, why)
    assert.equal(answer.split('\n').length, 2)
  })
}

test('explain takes every id of a request that an answer of the proxy may have', () => {
  for (const id of [
    'QafF4aE+PIDXQ+M=',
    'a/b/c9kRIAMEVeg=',
    'ZQa1qh-yIAM_VHg=',
    '1-5759e988:bd862e.3',
  ]) {
    const parsed = parseCommandLine(commands.explain, ['--request-id', id])
    assert.ok(parsed.ok && parsed.options.requestId === id, id)
  }
  assert.match(refuse('explain', '--request-id', 'a" }'), /must be the id of a request/)
})

test('input that could be a credential is not shown', () => {
  const secret = '1example23credential45of67fifty89characters'
  for (const words of [
    ['--port', secret],
    [`--${secret}`],
    [`-${secret}`],
    [`--port=${secret}`],
    [secret],
  ]) {
    const answer = refuse('start', ...words)
    assert.ok(!answer.includes(secret.slice(0, 8)), answer)
  }
})

test('start and example leave room for the ports that the embedded world takes', () => {
  const highest = 65_535 - (portCount - 1)
  assert.match(refuse('start', '--port', '99999'), new RegExp(`from 0 to ${highest}\\.`))
  const below = new RegExp(`from 0 to ${highest - 1}\\.`)
  assert.match(refuse('example', 'plain', '--port', '99999'), below)
})

test('the examples of the table are those that are there', () => {
  const [argument] = commands.example.registeredArguments
  assert.deepEqual(argument?.argChoices?.toSorted(), [...exampleNames, 'native'].sort())
})
