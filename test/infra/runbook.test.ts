import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, causes, toCause } from '../../core/causes.ts'
import { toRunbook } from '../../infra/runbook.ts'
import { placeholders } from '../../infra/runbook-commands.ts'
import type { RunbookText, Step } from '../../infra/runbook-text.ts'
import { runbookTexts } from '../../infra/runbook-texts.ts'

type PlainText = RunbookText & {
  readonly evidence?: Readonly<Record<string, string>>
  readonly candidates?: Readonly<Record<string, string>>
}

const page = toRunbook()
const names = Object.keys(causes) as CauseName[]
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
)

function sectionOf(name: CauseName): string {
  return sections.get(name) ?? assert.fail(`${name} has no section`)
}

function textOf(name: CauseName): PlainText {
  return runbookTexts[name]
}

function toWords(step: Step): string {
  if (typeof step === 'string') return step
  return 'command' in step ? step.command : step.query
}

const commands = names
  .flatMap((name) => [...textOf(name).diagnosis, ...textOf(name).mitigation])
  .flatMap((step) => (typeof step !== 'string' && 'command' in step ? [step.command] : []))

test('every cause has one section under its bare name, in the order of the catalogue', () => {
  const headings = [...page.matchAll(/^## (\w+)$/gm)].map((match) => match[1])
  assert.deepEqual(headings, names)
})

test('every text of every cause says something', () => {
  for (const name of names) {
    const { meaning, impact, diagnosis, mitigation, prevention } = textOf(name)
    const slugs = { ...textOf(name).evidence, ...textOf(name).candidates }
    assert.ok(diagnosis.length > 0 && mitigation.length > 0, name)
    const steps = [...diagnosis, ...mitigation].map(toWords)
    for (const text of [meaning, impact, prevention, ...steps, ...Object.values(slugs)]) {
      assert.ok(text.length > 10 && text === text.trim(), `${name}: ${text}`)
      assert.ok(sectionOf(name).includes(text.split('\n')[0] ?? text), `${name} lacks: ${text}`)
    }
  }
})

test('every fact of a section is the one of the catalogue', () => {
  for (const name of names) {
    const { status, error, description, forCode, details, alarm, fix } = toCause(name)
    const section = sectionOf(name)
    const told = [description, forCode?.description, ...Object.values(details ?? {})]
    for (const fact of [`- Answer: ${status}`, `\`${error}\``, fix, ...told]) {
      if (fact !== undefined) assert.ok(section.includes(fact), `${name} lacks: ${fact}`)
    }
    if (forCode?.status !== undefined) assert.match(section, RegExp(`for a code ${forCode.status}`))
    const often = alarm && `${alarm.atLeast} within ${alarm.withinSeconds / 60} min`
    assert.ok(section.includes(`- Alarm: ${often ?? 'none'}\n`), name)
  }
})

test('the table of all causes has one row for each, with what its section says', () => {
  const rows = (sections.get('All causes') ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| ['))
  assert.equal(rows.length, names.length)
  for (const [index, name] of names.entries()) {
    const row = rows[index] ?? ''
    assert.ok(row.startsWith(`| [\`${name}\`](#${name}) | ${toCause(name).status}`), row)
    assert.ok(row.includes(`| \`${toCause(name).error}\` |`), row)
  }
})

test('every slug of evidence and every candidate is explained, and no other', () => {
  for (const name of names) {
    const { evidence = [], candidates = [], rareCandidates = [] } = toCause(name)
    const all = [...rareCandidates, ...candidates]
    assert.deepEqual(Object.keys(textOf(name).evidence ?? {}), [...evidence], name)
    assert.deepEqual(Object.keys(textOf(name).candidates ?? {}), all, name)
    for (const slug of all) assert.ok(sectionOf(name).includes(`- \`${slug}\`: `), slug)
  }
})

test('an undetermined cause says so, and only such a one', () => {
  for (const name of names) {
    const isUndetermined = sectionOf(name).includes('- Certainty: `undetermined`')
    assert.equal(isUndetermined, toCause(name).candidates !== undefined, name)
  }
})

test('a text that explains degrees of certainty has them in its section, and no undetermined one', () => {
  for (const name of names) {
    const { certainty = {} } = textOf(name)
    if (Object.keys(certainty).length === 0) continue
    assert.equal(toCause(name).candidates, undefined, name)
    for (const [degree, grounds] of Object.entries(certainty)) {
      assert.ok(grounds.length > 10 && sectionOf(name).includes(`\`${degree}\`: ${grounds}`), name)
    }
  }
})

test('a query shows as many slugs of evidence as a record of its cause can have, up to three', () => {
  for (const name of names) {
    const { evidence = [], details = {} } = toCause(name)
    const most = Math.min(3, evidence.length + Object.keys(details).length)
    const shown =
      sectionOf(name)
        .match(/^fields .*$/m)?.[0]
        .match(/evidence\.\d/g) ?? []
    assert.equal(shown.length, most, name)
  }
})

test('a query asks for exactly those facts that the record of its cause can have', () => {
  const fieldOf = { upstreamRequestId: 'upstream_request_id', secretMs: 'secret_ms' } as const
  for (const name of names) {
    const query = /fields (.+)\n\| filter outcome = 'failed' and cause = '(\w+)'/.exec(
      sectionOf(name),
    )
    assert.equal(query?.[2], name)
    const fields = (query?.[1] ?? '').split(', ')
    for (const [fact, field] of Object.entries(fieldOf)) {
      const isCarried = toCause(name).facts.some((one) => one === fact)
      assert.equal(fields.includes(field), isCarried, `${name}: ${field}`)
    }
  }
})

test('every link within the page leads to a heading', () => {
  const anchors = [...page.matchAll(/^##+ (.+)$/gm)].map(([, heading = '']) =>
    heading.toLowerCase().replaceAll(' ', '-'),
  )
  for (const [, anchor = ''] of page.matchAll(/\]\(#([^)]+)\)/g)) {
    assert.ok(anchors.includes(anchor), anchor)
  }
})

test('no command updates an app client but with its whole configuration', () => {
  const updates = [...page.matchAll(/aws cognito-idp update-user-pool-client .*/g)]
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
  for (const [name, change] of changes) assert.ok(sectionOf(name).includes(change), name)
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

test('every word in capitals that is explained is used in a command', () => {
  for (const word of Object.keys(placeholders)) {
    assert.ok(
      commands.some((command) => RegExp(`\\b${word}\\b`).test(command)),
      word,
    )
  }
})

test('every text for the caller has only the characters of RFC 6749 section 5.2', () => {
  const allowed = /^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/
  for (const name of names) {
    const { description, forCode, details = {} } = toCause(name)
    for (const text of [
      description,
      forCode?.description ?? description,
      ...Object.values(details),
    ]) {
      assert.match(text, allowed, name)
    }
  }
})
