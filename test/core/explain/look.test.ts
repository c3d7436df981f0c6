import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Check } from '../../../core/doctor/findings.ts'
import { explain } from '../../../core/explain/explain.ts'
import { decide } from '../../../core/explain/look.ts'
import { readRequest } from '../../../core/explain/pasted-request.ts'

const exchange =
  'grant_type=authorization_code&client_id=demo&code=CODE&redirect_uri=https://app.example/ {"error":"unauthorized_client"}'

/** Checks of the doctor that all passed, with what a test changes. */
function toChecks(changes: readonly Partial<Check>[] = []): readonly Check[] {
  const names = [
    'client_exists',
    'client_has_secret',
    'code_flow',
    'oauth_enabled',
    'redirect_uris',
  ]
  return (names as Check['name'][]).map((name) => ({
    ...{ name, status: 'ok', found: `${name} is well` },
    ...changes.find((one) => one.name === name),
  }))
}

function look(
  text: string,
  changes: readonly Partial<Check>[] = [],
  more: { readonly isRedirectCompared?: boolean; readonly mismatches?: number } = {},
) {
  const { isRedirectCompared = true, mismatches } = more
  const request = readRequest(text)
  return decide(explain(text), {
    ...{ request, checks: toChecks(changes), isRedirectCompared, mismatches },
  })
}

const listed = ({ explanation }: ReturnType<typeof look>) =>
  explanation.suspicions.map(({ reason, certainty }) => `${reason} ${certainty}`)
const failed = (name: Check['name'], cause: Check['cause']): Partial<Check> => ({
  ...{ name, status: 'failed', cause, found: 'it is off' },
})

test('a reason that is so now is likely and the first, and says what was seen', () => {
  const found = look(exchange, [failed('oauth_enabled', 'oauth_flows_disabled')])
  assert.equal(listed(found)[0], 'oauth_flows_disabled likely')
  const [first] = found.explanation.suspicions
  assert.ok(first?.because.includes('Looked: it is off.'))
})

test('nothing becomes proved by what is so now, because it may have been otherwise then', () => {
  const all = [
    ...[failed('oauth_enabled', 'oauth_flows_disabled'), failed('code_flow', 'grant_not_allowed')],
    failed('redirect_uris', 'callback_not_registered'),
  ]
  assert.ok(listed(look(exchange, all)).every((one) => !one.endsWith(' proved')))
})

test('what is well now is ruled out with what shows it', () => {
  const found = look(exchange)
  assert.deepEqual(found.ruledOut.map(({ reason }) => reason).sort(), [
    'callback_not_registered',
    'grant_not_allowed',
    'oauth_flows_disabled',
  ])
  assert.ok(found.ruledOut.every(({ because }) => because.endsWith(' is well')))
})

test('a redirect URI that was not compared rules out nothing', () => {
  const { ruledOut } = look(exchange, [], { isRedirectCompared: false })
  assert.ok(ruledOut.every(({ reason }) => reason !== 'callback_not_registered'))
})

test('a check that was skipped or warns decides nothing', () => {
  const { ruledOut } = look(exchange, [
    { name: 'oauth_enabled', status: 'skipped' },
    { name: 'code_flow', status: 'warning' },
    { name: 'redirect_uris', status: 'failed', cause: 'config_invalid' },
  ])
  assert.deepEqual(ruledOut, [])
})

test('what the text proves stays proved, whatever is so now', () => {
  const text =
    'POST /oauth2/token\nContent-Type: application/json\n\ngrant_type=refresh_token&client_id=demo unauthorized_client'
  const before = explain(text).suspicions.filter(({ certainty }) => certainty === 'proved')
  assert.equal(before.length, 1)
  assert.equal(listed(look(text))[0], `${before[0]?.reason} proved`)
})

test('where everything is ruled out, the reasons stay and what was seen is beside them', () => {
  const text = 'oauth flows are not enabled for this client'
  const suspicion = { reason: 'oauth_flows_disabled', certainty: 'likely', because: [] } as const
  const explanation = { ...explain(text), suspicions: [suspicion] }
  const decided = decide(explanation, {
    ...{ request: readRequest(text), checks: toChecks() },
    ...{ isRedirectCompared: false, mismatches: undefined },
  })
  assert.deepEqual(decided.explanation.suspicions, [suspicion])
  assert.equal(decided.ruledOut.length, 1)
})

test('the only reason that is left is likely, with why', () => {
  const text = 'It fails.'
  const open = (reason: 'oauth_flows_disabled' | 'redirect_uri_mismatch') =>
    ({ reason, certainty: 'undetermined', because: [] }) as const
  const explanation = {
    ...explain(text),
    suspicions: [open('oauth_flows_disabled'), open('redirect_uri_mismatch')],
  }
  const facts = { request: readRequest(text), checks: toChecks(), isRedirectCompared: false }
  const decided = decide(explanation, { ...facts, mismatches: 0 })
  const [only, ...others] = decided.explanation.suspicions
  assert.deepEqual(
    [only?.reason, only?.certainty, others.length],
    ['redirect_uri_mismatch', 'likely', 0],
  )
  assert.match(only?.because[0] ?? '', /^Nothing else that is known is left/)
})

const bare = 'POST /oauth2/token grant_type=refresh_token&client_id=demo {"error":"invalid_client"}'
const hasSecret = { name: 'client_has_secret', status: 'warning' } as const

test('an app client with a secret decides for a request that shows none', () => {
  const found = look(bare, [hasSecret])
  assert.equal(listed(found)[0], 'client_secret_missing likely')
  assert.ok(found.ruledOut.some(({ reason }) => reason === 'client_has_no_secret'))
})

test('a request that shows credentials lacks none', () => {
  const found = look(`${bare} client_secret=abcdefgh`, [hasSecret])
  assert.ok(!listed(found).includes('client_secret_missing likely'))
})

test('an app client that shows no secret decides for that, but rules out no other secret', () => {
  const found = look(bare)
  assert.ok(listed(found).includes('client_has_no_secret likely'))
  const reject = failed('client_has_secret', 'client_has_no_secret')
  assert.ok(listed(look(bare, [reject])).includes('client_has_no_secret likely'))
  const skipped = look(bare, [{ name: 'client_has_secret', status: 'skipped' }])
  assert.ok(listed(skipped).includes('client_has_no_secret undetermined'))
})

test('refused exchanges with a redirect URI that no sign-in had make a mismatch likely', () => {
  assert.ok(listed(look(exchange, [], { mismatches: 2 })).includes('redirect_uri_mismatch likely'))
  const none = listed(look(exchange, [], { mismatches: 0 }))
  assert.ok(none.some((one) => one.startsWith('redirect_uri_mismatch')))
})
