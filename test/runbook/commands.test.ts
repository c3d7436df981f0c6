import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, causes, toCause } from '../../core/causes/catalogue.ts'
import { checkCauseNames } from '../../core/causes/doctor.ts'
import { routes } from '../../core/http-api.ts'
import { placeholders } from '../../runbook/commands.ts'
import type { RunbookText, Step } from '../../runbook/text.ts'
import { runbookTexts } from '../../runbook/texts.ts'
import { pageAt, runbookPages } from '../fixtures/pages/generated-pages.ts'

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
  const spelt =
    /^(?:THE_\w+|ARN_OF_THE_SECRET|POOL_THAT_HAS_IT|COGNITO|REGIONAL|NAME|AWSPREVIOUS|POST|CAPABILITY_IAM|REVERT_DRIFT)$/
  const others = commands
    .flatMap((command) => command.match(/(?<![.\w])[A-Z][A-Z_]{2,}\b/g) ?? [])
    .filter((word) => !(word in placeholders) && !spelt.test(word))
  assert.deepEqual(others, [])
})

const everything = Object.values(pages).join('\n')

test('a throttle is lowered where a route has one of its own, which the default of the stage does not limit', () => {
  const updates = commands.filter((command) => command.includes('apigatewayv2 update-stage'))
  assert.ok(updates.length > 1)
  for (const command of updates) assert.match(command, /--route-settings file:/)
  assert.doesNotMatch(everything, /--default-route-settings/)
  const [lower = ''] = updates.filter((command) => command.includes('NUMBER'))
  for (const { method, path, function: name, throttle } of routes) {
    const isLowered = lower.includes(`."${method} ${path}"`)
    assert.equal(isLowered, name === 'oauth2' && throttle !== undefined, `${method} ${path}`)
  }
})

test('no text says that a deployment restores what somebody changed by hand', () => {
  const claims =
    /deploy(?:ing|ment)?(?: the stage)?(?: again)?,? (?:which |that )?(?:restores|corrects|repairs|resets)|until the next deployment:|deployment resets|missing, deploy|Deploying the stage/i
  assert.doesNotMatch(everything, claims)
})

test('what restores the stack shows first what it will do, keeps every parameter, and is in the operations, too', () => {
  const creations = commands.filter((command) => command.includes(' create-change-set '))
  const executions = commands.filter((command) => command.includes(' execute-change-set '))
  assert.ok(creations.length > 4)
  assert.equal(executions.length, creations.length)
  for (const command of creations) {
    assert.match(command, /--deployment-mode REVERT_DRIFT/)
    assert.match(command, /UsePreviousValue: true.* describe-change-set /s)
    assert.doesNotMatch(command, /execute-change-set/)
  }
  const block = (command = '') => `\n\`\`\`sh\n${command}\n\`\`\`\n`
  for (const [command] of [creations, executions]) {
    assert.ok(pageAt('docs/operations.md').includes(block(command)))
  }
})

test('an operator asks the doctor, and about a secret, with the settings of the stage', () => {
  const typed = commands.join('\n').match(/npm run (?:doctor|secret)\b.*/g) ?? []
  const told = pageOf('an-alarm-fired').match(/npm run doctor\b.*/g) ?? []
  assert.ok(typed.length > 8 && told.length > 7)
  for (const words of [...typed, ...told]) assert.match(words, /--stage STAGE|--user-pool-id POOL/)
})

test('what a role may do is asked about the resource', () => {
  const asked = commands.flatMap((command) => command.split(/^(?=aws )/m))
  const simulations = asked.filter((command) => command.includes('simulate-principal-policy'))
  assert.ok(simulations.length > 2)
  for (const command of simulations) assert.match(command, /--resource-arns /)
})

test('nothing says that an HTTP API can block an address', () => {
  assert.match(pageOf('an-alarm-fired'), /^## When somebody sends too much$/m)
  for (const [place] of everything.matchAll(/API > Protect.{20}/g)) {
    assert.match(place, /^API > Protect > Throttling/)
  }
})
