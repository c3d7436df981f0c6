import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, causes, toCause } from '../../core/causes/catalogue.ts'
import { checkCauseNames } from '../../core/causes/doctor.ts'
import { placeholders } from '../../runbook/commands.ts'
import type { RunbookText, Step } from '../../runbook/text.ts'
import { runbookTexts } from '../../runbook/texts.ts'
import { runbookPages } from '../fixtures/pages/generated-pages.ts'

const pages = runbookPages
const names = Object.keys(causes) as CauseName[]

function pageOf(name: string): string {
  return pages[`${name}.md`] ?? assert.fail(`${name} has no page`)
}

function toWords(step: Step): string {
  if (typeof step === 'string') return step
  return 'command' in step ? step.command : step.query
}

const allTexts = Object.values<RunbookText>(runbookTexts)
const shellBlock = /^( *)```sh\n(.+?)\n\1```$/gms
const commands = [
  ...allTexts
    .flatMap(({ diagnosis, mitigation }) => [...diagnosis, ...mitigation])
    .flatMap((step) => (typeof step !== 'string' && 'command' in step ? [step.command] : [])),
  ...[...pageOf('an-alarm-fired').matchAll(shellBlock)].map(([, , command = '']) => command),
]

test('what an operator must fix says where in the console, and with which command', () => {
  for (const name of names) {
    const { fault, candidates } = toCause(name)
    if (fault === 'caller') continue
    const steps: readonly Step[] = runbookTexts[name].mitigation
    const words = steps.map(toWords).join('\n')
    if (candidates !== undefined) assert.match(words, /\]\(\w+\.md\)| > /, name)
    else assert.match(words, /\w > \w/, `${name} names no place in the console`)
    const hasCommand = steps.some((step) => typeof step !== 'string' && 'command' in step)
    if (fault === 'operator' && candidates === undefined) assert.ok(hasCommand, name)
  }
})

test('no command updates an app client but with its whole configuration', () => {
  const everything = Object.values(pages).join('\n')
  const updates = [...everything.matchAll(/aws cognito-idp update-user-pool-client .*/g)]
  assert.ok(updates.length > 4)
  for (const [command] of updates)
    assert.match(command, /--cli-input-json file:\/\/app-client.json$/)
  for (const command of commands) {
    if (!command.includes('app-client.json')) continue
    assert.match(command, /jq 'del\(.*\.ClientSecret, .*> app-client\.json/s)
  }
})

test('every cause that the settings of an app client explain says how to change them by CLI', () => {
  const changes: readonly (readonly [CauseName, string])[] = [
    ['grant_not_allowed', 'AllowedOAuthFlows += ["code"]'],
    ['oauth_flows_disabled', 'AllowedOAuthFlowsUserPoolClient = true'],
    ['callback_not_registered', 'CallbackURLs += ["REDIRECT_URI"]'],
    ['revocation_disabled', 'EnableTokenRevocation = true'],
    ['client_has_no_secret', 'GenerateSecret = true'],
  ]
  for (const [name, change] of changes) assert.ok(pageOf(name).includes(change), name)
})

test('no command prints a secret', () => {
  for (const command of commands) {
    if (!/SecretString|UserPoolClient\.ClientSecret|ClientSecretValue/.test(command)) continue
    assert.match(command, /&& echo same|\| length\)|--secret-string file:\/\/\/dev\/stdin/)
  }
  for (const command of commands) {
    if (!command.includes(' describe-user-pool-client ')) continue
    assert.match(command, /--query/, 'without a query the answer has the secret')
  }
})

test('every word in capitals is explained on each page that has it, and used somewhere', () => {
  for (const [word, meaning] of Object.entries(placeholders)) {
    const isUsed = commands.some((command) => RegExp(`\\b${word}\\b`).test(command))
    assert.ok(isUsed, word)
    for (const name of [...checkCauseNames, 'an-alarm-fired']) {
      const [body = '', legend = ''] = pageOf(name).split('## Words in capitals')
      const isThere = RegExp(`\\b${word}\\b`).test(body)
      assert.equal(legend.includes(`| \`${word}\` | ${meaning} |`), isThere, `${name}: ${word}`)
    }
  }
})

test('a word in capitals of a command is explained, or says what it is', () => {
  const spelt = /^(?:THE_\w+|ARN_OF_THE_SECRET|POOL_THAT_HAS_IT|COGNITO|REGIONAL|NAME|AWSPREVIOUS)$/
  const others = commands
    .flatMap((command) => command.match(/(?<![.\w])[A-Z][A-Z_]{2,}\b/g) ?? [])
    .filter((word) => !(word in placeholders) && !spelt.test(word))
  assert.deepEqual(others, [])
})
