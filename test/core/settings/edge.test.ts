import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Environment, parseSettings } from '../../../core/settings/settings.ts'
import { textSettings } from '../../../core/settings/table.ts'
import { leastClientFields } from '../../fixtures/core/sample-client.ts'

const { variable, form } = textSettings.edgeKeyDigests
const least = { TOKEN_PROXY_CLIENTS: JSON.stringify([leastClientFields]) }
const withUrl = { ...least, TOKEN_PROXY_PUBLIC_URL: 'https://proxy.example.com' }

function toProblems(environment: Environment): readonly string[] {
  const parsed = parseSettings(environment)
  return parsed.ok ? [] : parsed.problems
}

const digest = 'a1'.repeat(32)
for (const text of ['', digest, `${digest},${'0'.repeat(64)}`]) {
  test(`takes the digests ${JSON.stringify(text)}`, () => {
    const parsed = parseSettings({ ...withUrl, [variable]: text })
    assert.equal(parsed.ok && parsed.settings.edgeKeyDigests, text)
  })
}

const notDigests = [digest.toUpperCase(), digest.slice(1), `${digest}0`, `${digest},`, `,${digest}`]
for (const text of [
  ...[...notDigests, `${digest}, ${digest}`, `${digest} ${digest}`, ' ', 'x', `${digest}\n`],
  [digest, digest, digest].join(),
]) {
  test(`refuses the digests ${JSON.stringify(text)}`, () => {
    assert.deepEqual(toProblems({ ...withUrl, [variable]: text }), [`${variable} must be ${form}`])
  })
}

test('asks for the address of the CDN, which discovery has to lead to, and once if it is unusable', () => {
  const digests = { ...least, [variable]: digest }
  assert.deepEqual(toProblems(digests), [
    `TOKEN_PROXY_PUBLIC_URL is missing: with ${variable}, it is the address of the CDN`,
  ])
  assert.equal(toProblems({ ...digests, TOKEN_PROXY_PUBLIC_URL: 'x' }).length, 1)
  assert.deepEqual(toProblems({ ...withUrl, [variable]: digest }), [])
})
