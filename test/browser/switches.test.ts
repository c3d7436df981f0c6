import { testDemoPage } from '../fixtures/browser/demo-page.ts'
import { brokenAttempts } from '../fixtures/browser/expectations.ts'

/** One for each thing that the page says of a refresh or of a sign-in, and why it is this one. */
const reasons: Readonly<Record<string, string>> = {
  secret_mismatch: 'the operator has to act, at a refresh',
  callback_not_registered: 'the operator has to act, at a sign-in',
  code_used: 'the visitor has to sign in again',
  refresh_expired: 'the session has ended',
  throttled: 'the button waits for Retry-After',
  secret_broken: 'nothing is available at a sign-in',
  reset: 'a refresh was interrupted',
  silence: 'a sign-in was interrupted',
}

testDemoPage(brokenAttempts.filter(([name]) => name in reasons))
