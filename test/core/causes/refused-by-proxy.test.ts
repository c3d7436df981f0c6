import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusedByProxy } from '../../../core/causes/refused-by-proxy.ts'
import { formLimits } from '../../../core/form.ts'

test('a refusal carries no fact, since nothing was asked of anybody, and evidence only about a secret', () => {
  for (const [name, cause] of Object.entries(refusedByProxy)) {
    assert.deepEqual(cause.facts, [])
    assert.equal('evidence' in cause, name === 'caller_sent_credentials')
  }
})

test('the texts name the limits that are in force', () => {
  const { body, parameters, name, value } = refusedByProxy.body_too_large.details
  assert.equal(body, `The limit for the body is ${formLimits.bodyBytes} bytes.`)
  assert.equal(parameters, `The limit is ${formLimits.parameters} parameters.`)
  assert.equal(name, `The limit for a parameter name is ${formLimits.nameBytes} bytes.`)
  assert.equal(value, `The limit for a parameter value is ${formLimits.valueBytes} bytes.`)
})

test('a sentence about a parameter names that parameter', () => {
  const { parameter_missing, parameter_malformed } = refusedByProxy
  const sentences = { ...parameter_missing.details, ...parameter_malformed.details }
  for (const [name, text] of Object.entries(sentences)) assert.ok(text.includes(name), name)
})
