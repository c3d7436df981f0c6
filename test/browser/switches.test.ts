import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type SwitchName, switches } from '../../local/switches.ts'
import { findCanaries } from '../fixtures/browser/canaries.ts'
import { type Demo, openDemo, type Visitor } from '../fixtures/browser/demo.ts'
import {
  type Expected,
  ended,
  expectations,
  invalid,
  lostSignIn,
  notYours,
  signedIn,
} from '../fixtures/browser/expectations.ts'
import { readPage } from '../fixtures/browser/traffic.ts'

let demo: Demo
let ada: Visitor

before(async () => {
  demo = await openDemo()
  ada = await demo.visit()
  await ada.signIn()
  await ada.seeAda()
})

after(() => demo.close())

/** The tab loses its tokens. The user pool's own session stays, so that its page is not filled in each time. */
async function forget(): Promise<void> {
  await ada.page.evaluate('sessionStorage.clear()')
  await ada.page.reload()
}

/** Works again once fixed, from whatever the failure left: a session to refresh, or none. */
async function recover({ attempt, status }: Expected): Promise<void> {
  // A button that has to wait for its time is not waited for.
  await ada.page.reload()
  if (attempt === 'refresh' && status !== 400) return ada.refresh()
  // The user pool's own session has outlived the failure, so nothing is asked there.
  await ada.button('Sign in').click()
  await ada.seeAda()
}

const alsoAtSignIn: readonly (readonly [SwitchName, Expected])[] = [
  ['html_500', signedIn('cognito_error', 504, lostSignIn)],
  ['garbage', signedIn('cognito_answer_unusable', 502, notYours)],
]
const all = Object.entries(expectations) as [SwitchName, Expected][]

for (const [name, expected] of [...all, ...alsoAtSignIn]) {
  const { attempt, cause, status, title } = expected
  test(`"${switches[name].title}" fails a ${attempt} as ${cause}, and fixed it works again`, async () => {
    if (attempt === 'sign-in') await forget()
    await ada.breakWith(name)
    await ada.button(attempt === 'sign-in' ? 'Sign in' : 'Refresh').click()

    const alert = ada.page.getByRole('alert')
    assert.equal(await alert.getByRole('heading', { level: 2 }).textContent(), title)
    assert.ok(switches[name].failsAt.some((one) => one === attempt))
    // Only what the visitor can do something about has a button of its own.
    assert.equal(await alert.getByRole('button').count(), title === notYours ? 0 : 1)
    const said = await ada.facts('.said')
    assert.equal(said['Status'], String(status))
    assert.equal(said['Cause'], cause)
    assert.equal(said['error'] === 'invalid_grant', title === ended || title === invalid)
    const record = ada.page.locator('.record[data-marked]')
    assert.equal(await record.locator('b').textContent(), cause)
    const requestId = (await record.locator('code').textContent()) ?? 'no request id'
    // The sentence for the user may have it, too: support asks for it.
    const words = (await ada.page.locator('.said').textContent()) ?? ''
    assert.equal(words.split(requestId).length, 2, 'the proxy says the request id once')
    // A failed refresh ends the session only where the refresh token itself was refused.
    const staysSignedIn = attempt === 'refresh' && title !== ended
    assert.equal(await ada.button('Sign out').isVisible(), staysSignedIn)

    await ada.restore()
    await recover(expected)
  })
}

test('through all of these failures neither the browser nor a record sees the secret', async () => {
  const seen = [...(await ada.traffic.seen()), ...(await readPage(ada.page))]
  const leaks = seen.flatMap(({ place, text }) =>
    findCanaries(text).map((form) => `${form}, in ${place}`),
  )
  assert.deepEqual(leaks, [])
  const lines = demo.world.records.lines()
  assert.ok(lines.length > 2 * Object.keys(switches).length, 'records and metrics were written')
  assert.deepEqual(findCanaries(lines.join('\n')), [])
})
