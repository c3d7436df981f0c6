import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  clientFields,
  clientsVariable,
  numberSettings,
  textSettings,
} from '../../../core/settings/table.ts'
import { toClient } from '../../fixtures/core/sample-client.ts'

const units = { milliseconds: 'MS', seconds: 'SECONDS', requests: '' }

test('every number says its unit in both of its names', () => {
  for (const [name, { variable, unit }] of Object.entries(numberSettings)) {
    const words = name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
    assert.equal(variable, `TOKEN_PROXY_${words}`)
    assert.ok(variable.endsWith(units[unit]), variable)
  }
})

test('every default lies within its bounds', () => {
  for (const { variable, byDefault, least, most } of Object.values(numberSettings)) {
    assert.ok(least <= byDefault && byDefault <= most && least < most, variable)
  }
})

test('no two settings share a variable', () => {
  const all = [...Object.values(numberSettings), ...Object.values(textSettings)]
  const variables = [clientsVariable, ...all.map(({ variable }) => variable)]
  assert.equal(new Set(variables).size, variables.length)
  assert.equal(clientsVariable, 'TOKEN_PROXY_CLIENTS')
})

test('every setting and every field is explained in a sentence', () => {
  const all = { ...numberSettings, ...textSettings, ...clientFields }
  for (const [name, { meaning }] of Object.entries(all)) {
    assert.match(meaning, /^[A-Z`].{20,}\.$/, name)
  }
  for (const { form } of Object.values(textSettings)) assert.match(form, /^(?:an?|the) .{10,}$/)
})

test('the table names every field that a client has, and what must be there', () => {
  assert.deepEqual(Object.keys(clientFields).sort(), Object.keys(toClient()).sort())
  const required = Object.entries(clientFields).filter(([, field]) => field.required)
  assert.deepEqual(
    required.map(([name]) => name),
    ['name', 'clientId', 'secretId', 'domain', 'origins'],
  )
})

test('only what must be there has no default', () => {
  for (const [name, { required, byDefault }] of Object.entries(clientFields)) {
    assert.equal(byDefault === '', required, name)
  }
})
