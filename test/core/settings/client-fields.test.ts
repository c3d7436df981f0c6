import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientFields, toIssuer } from '../../../core/settings/client-fields.ts'
import type { Field } from '../../../core/settings/field.ts'
import { leastClientFields, toClient } from '../../fixtures/core/sample-client.ts'

const fields = Object.entries<Field<unknown>>(clientFields)

test('the table names every field that a client has, and what must be there', () => {
  assert.deepEqual(Object.keys(clientFields).sort(), Object.keys(toClient()).sort())
  assert.deepEqual(
    fields.filter(([, field]) => field.required).map(([name]) => name),
    ['name', 'clientId', 'secretId', 'domain', 'origins'],
  )
})

test('every field is explained in a sentence', () => {
  for (const [name, { meaning }] of fields) assert.match(meaning, /^[A-Z`].{20,}\.$/, name)
})

test('a missing field has the default of its row, and a required field has no default', () => {
  for (const [name, { required, byDefault, parse }] of fields) {
    const problems: string[] = []
    const value = parse(undefined, (problem) => problems.push(problem))
    assert.deepEqual(problems, required ? ['is missing'] : [], name)
    assert.deepEqual(required ? byDefault : value, byDefault, name)
  }
})

test('every accepted value matches the schema of its row', () => {
  const schemaOf = (name: string) => clientFields[name as keyof typeof clientFields].schema
  for (const [name, value] of Object.entries(leastClientFields)) {
    const { type, pattern, items } = schemaOf(name)
    assert.equal(type, Array.isArray(value) ? 'array' : 'string', name)
    const form = pattern ?? Object(items).pattern
    for (const text of [value].flat()) assert.match(text, RegExp(form), name)
  }
  const { grants, refreshToken, allowNoOrigin, retryGracePeriodSeconds } = clientFields
  const both = ['authorization_code', 'refresh_token']
  const list = { type: 'array', items: { enum: both }, uniqueItems: true, minItems: 1 }
  assert.deepEqual(grants.schema, list)
  assert.deepEqual(refreshToken.schema, { enum: ['body', 'cookie'] })
  assert.deepEqual(allowNoOrigin.schema, { type: 'boolean' })
  assert.deepEqual(retryGracePeriodSeconds.schema, { type: 'integer', minimum: 0, maximum: 60 })
})

test('without a user pool there is no issuer to derive', () => {
  assert.equal(toIssuer(undefined), undefined)
  const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab1'
  assert.equal(toIssuer('eu-central-1_Ab1'), issuer)
})
