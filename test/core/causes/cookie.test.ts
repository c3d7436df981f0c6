import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cookie } from '../../../core/causes/cookie.ts'
import { csrfHeader } from '../../../core/endpoint-request.ts'
import { secretFacts } from '../../../core/facts.ts'

test('an unreadable cookie tells the caller nothing that an absent one does not', () => {
  const { refresh_cookie_missing: missing, refresh_cookie_unreadable: unreadable } = cookie
  assert.equal(unreadable.description, missing.description)
  assert.ok(!('details' in missing) && !('details' in unreadable))
})

test('only an unreadable cookie carries facts: its key had to be there', () => {
  assert.deepEqual(cookie.csrf_header_missing.facts, [])
  assert.deepEqual(cookie.refresh_cookie_missing.facts, [])
  assert.deepEqual(cookie.refresh_cookie_unreadable.facts, secretFacts)
})

test('the text names the header that is asked for', () => {
  const text = cookie.csrf_header_missing.description.toLowerCase()
  assert.ok(text.includes(`${csrfHeader.name}: ${csrfHeader.value}`))
})
