import assert from 'node:assert/strict'
import { test } from 'node:test'
import { causes } from '../../core/causes/catalogue.ts'
import { metricNamespace } from '../../core/metrics.ts'
import { clientFields } from '../../core/settings/client-fields.ts'
import { parseSettings } from '../../core/settings/settings.ts'
import {
  clientsVariable,
  type NumberSetting,
  numberSettings,
  type TextSetting,
  textSettings,
} from '../../core/settings/table.ts'
import { toClient } from '../fixtures/core/sample-client.ts'
import { pageAt } from '../fixtures/pages/generated-pages.ts'

const page = pageAt('docs/settings.md')
const example = /```json\n(.*?)\n```/s.exec(page)?.[1] ?? assert.fail('there is no example')

/** The cells of the table row that begins with a name, bars within cells given back. */
function rowOf(name: string): readonly string[] {
  const line = page.split('\n').find((one) => one.startsWith(`| \`${name}\` |`))
  assert.ok(line !== undefined, `${name} has no row`)
  return line
    .slice(2, -2)
    .split(/ (?<!\\)\| /)
    .map((cell) => cell.replaceAll('\\|', '|'))
}

test('the example of the page is used unchanged', () => {
  const parsed = parseSettings({ [clientsVariable]: example })
  assert.deepEqual(parsed.ok ? [] : parsed.problems, [])
})

test('the first client of the example has every field that there is', () => {
  assert.deepEqual(Object.keys(JSON.parse(example)[0]), Object.keys(clientFields))
})

test('every field of a client has a row with its default and its meaning', () => {
  const required = ['name', 'clientId', 'secretId', 'domain', 'origins']
  const special = {
    ...{ userPoolId: 'none', redirectUris: '`[]`' },
    ...{ userPoolRegion: 'derived from `userPoolId`', issuer: 'derived from `userPoolId`' },
  }
  const said: Readonly<Record<string, string>> = {
    ...special,
    ...Object.fromEntries(required.map((name) => [name, 'required'])),
  }
  for (const [name, { meaning }] of Object.entries(clientFields)) {
    const byDefault = said[name] ?? `\`${JSON.stringify(Reflect.get(toClient(), name))}\``
    assert.deepEqual(rowOf(name).slice(1), [byDefault, meaning])
  }
})

test('every number has a row with its variable, default, range, unit and meaning', () => {
  for (const [name, setting] of Object.entries<NumberSetting>(numberSettings)) {
    const { variable, byDefault, least, most, unit, meaning } = setting
    const cells = [`\`${variable}\``, `${byDefault}`, `${least} to ${most}`, unit, meaning]
    assert.deepEqual(rowOf(name).slice(1), cells)
  }
})

test('every text has a row with its variable, form and meaning', () => {
  for (const [name, setting] of Object.entries<TextSetting>(textSettings)) {
    const [, variable, , form, meaning] = rowOf(name)
    assert.deepEqual(
      [variable, form, meaning],
      [`\`${setting.variable}\``, setting.form, setting.meaning],
    )
  }
})

test('every AWS service that the functions call has its endpoint variable on the page', () => {
  const services = ['SECRETS_MANAGER', 'COGNITO_IDENTITY_PROVIDER', 'DYNAMODB']
  for (const service of services) assert.ok(rowOf(`AWS_ENDPOINT_URL_${service}`)[1])
})

test('the page says where the evidence table is named by the stack and not by hand', () => {
  assert.match(page, /`evidenceTable`, which is `true` or `false` there/)
})

test('the page leads to the cause of bad settings and says what it is answered with', () => {
  assert.ok(page.includes('runbook/config_invalid.md'))
  assert.ok(page.includes(`is answered ${causes.config_invalid.status}`))
})

test('the page names only variables that exist, and the namespace of the metrics', () => {
  const known = [clientsVariable, ...[numberSettings, textSettings].flatMap(toVariables)]
  const named = page.match(/TOKEN_PROXY_\w*\w/g) ?? []
  assert.deepEqual(
    [...new Set(named)].filter((name) => name !== 'TOKEN_PROXY_' && !known.includes(name)),
    [],
  )
  assert.ok(page.includes(`namespace \`${metricNamespace}\``))
})

function toVariables(table: Readonly<Record<string, { readonly variable: string }>>): string[] {
  return Object.values(table).map(({ variable }) => variable)
}
