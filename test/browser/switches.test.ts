import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SwitchName } from '../../local/switches.ts'
import { testDemoPage } from '../fixtures/browser/demo-page.ts'
import { type BrokenAttempt, brokenAttempts } from '../fixtures/browser/expectations.ts'

/** One for each thing that the page says of a refresh or a sign-in, with what it shows. */
const shown: { readonly [N in SwitchName]?: string } = {
  secret_mismatch: 'not your fault, at a refresh',
  callback_not_registered: 'not your fault, at a sign-in',
  throttled: 'not available right now, at a refresh; the button waits for Retry-After',
  secret_broken: 'not available right now, at a sign-in',
  reset: 'an interrupted refresh',
  silence: 'an interrupted sign-in',
  refresh_expired: 'the end of the session',
  code_used: 'a sign-in that is no longer valid',
}
const chosen = brokenAttempts.filter(([name]) => name in shown)

test('everything that the page says of a failure is said here', () => {
  const toTitles = (all: readonly BrokenAttempt[]) =>
    [...new Set(all.map(([, { attempt, title }]) => `${attempt}: ${title}`))].sort()
  assert.deepEqual(toTitles(chosen), toTitles(brokenAttempts))
})

testDemoPage(chosen)
