import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientsVariable, numberSettings, textSettings } from '../../../core/settings/table.ts'

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

test('every setting is explained in a sentence', () => {
  const all = { ...numberSettings, ...textSettings }
  for (const [name, { meaning }] of Object.entries(all)) {
    assert.match(meaning, /^[A-Z`].{20,}\.$/, name)
  }
  for (const { form } of Object.values(textSettings)) assert.match(form, /^(?:an?|the) .{10,}$/)
})
