// Every cause of the catalogue is provoked at least once, and answered as the contract says: here, or
// where the evidence for it is made.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { after, before } from 'node:test'
import { type CauseName, causes } from '../../core/causes/catalogue.ts'
import { closedPort } from '../fixtures/adapters/loopback-servers.ts'
import {
  assertFailure,
  type ExpectedFailure,
  undeterminedCauses,
} from '../fixtures/conformance/contract.ts'
import {
  type Invocation,
  openDirectHandler,
  toAnswer,
  toEvent,
} from '../fixtures/conformance/direct-handler.ts'
import { upstreamFaults } from '../fixtures/conformance/faults.ts'
import { poolStates } from '../fixtures/conformance/pool-states.ts'
import {
  codeGrant,
  openProxy,
  pickRecords,
  refreshGrant,
  type TestedProxy,
  toEnvironment,
  webClient,
} from '../fixtures/conformance/proxy.ts'
import { refusedCalls } from '../fixtures/conformance/refused-calls.ts'
import { secretFaults } from '../fixtures/conformance/secret-faults.ts'

/** Short enough to wait for, long enough for a busy machine. */
const shortTimes = {
  TOKEN_PROXY_DEADLINE_MS: '8000',
  TOKEN_PROXY_CONNECT_TIMEOUT_MS: '4000',
  TOKEN_PROXY_SECRET_TIMEOUT_MS: '4000',
}

let proxy: TestedProxy
before(async () => {
  const secretClients = secretFaults.map(({ client }) => client)
  proxy = await openProxy({
    env: shortTimes,
    clients: (web) => [
      web,
      { ...web, ...named('closed'), domain: `http://127.0.0.1:${closedPort}` },
      { ...web, ...named('nowhere'), domain: 'https://nowhere.invalid' },
      ...secretClients.map((name) => ({ ...web, ...named(name) })),
    ],
  })
})
after(() => proxy.close())

const named = (name: string) => ({ name, clientId: name, secretId: `token-proxy/${name}` })

async function provoke(body: Readonly<Record<string, string>>, expected: ExpectedFailure) {
  const known = proxy.records().length
  const reply = await proxy.send({ body })
  const [written, ...others] = proxy.records().slice(known)
  const record = assertFailure(reply, written, expected)
  assert.deepEqual(others, [])
  const isUndetermined = undeterminedCauses.includes(expected.cause)
  assert.equal(record['certainty'] === 'undetermined', isUndetermined)
  assert.equal(Array.isArray(record['candidates']), isUndetermined)
  assert.equal(record['fix'], causes[expected.cause].fix)
  return record
}

for (const { says, call, cause, detail } of refusedCalls) {
  test(`${says} is ${cause}`, async () => {
    const known = proxy.records().length
    const reply = await proxy.send(call)
    const [record] = proxy.records().slice(known)
    assertFailure(reply, record, { cause, ...(detail && { detail }) })
  })
}

for (const {
  says,
  behaviour,
  cause,
  retryAfterSeconds,
  grants = ['code', 'refresh'],
} of upstreamFaults) {
  for (const grant of grants) {
    test(`${says} at a ${grant} is ${cause}`, async () => {
      const isCode = grant === 'code'
      proxy.upstream.script(behaviour)
      const known = proxy.upstream.requests.length
      await provoke(isCode ? codeGrant() : refreshGrant(), {
        cause,
        isCode,
        ...(retryAfterSeconds && { retryAfterSeconds }),
      })
      assert.equal(proxy.upstream.requests.length - known, 1)
    })
  }
}

for (const { says, client, cause, evidence, breakStore } of secretFaults) {
  test(`${says} is ${cause}, and Cognito is not asked`, async () => {
    breakStore(proxy.secrets, `token-proxy/${client}`)
    const known = proxy.upstream.requests.length
    const record = await provoke(codeGrant({ client_id: client }), { cause, isCode: true })
    assert.deepEqual(record['evidence'], evidence)
    assert.equal(proxy.upstream.requests.length, known)
    proxy.secrets.restore()
  })
}

test('a closed port of the domain is cognito_unreachable', async () => {
  for (const body of [codeGrant({ client_id: 'closed' }), refreshGrant({ client_id: 'closed' })]) {
    const record = await provoke(body, { cause: 'cognito_unreachable' })
    assert.deepEqual([record['evidence'], record['attempts']], [['connect_refused'], 2])
  }
})

test('a domain without an address is domain_not_found', async () => {
  const record = await provoke(codeGrant({ client_id: 'nowhere' }), { cause: 'domain_not_found' })
  assert.deepEqual(record['evidence'], ['name_unresolved'])
})

test('bad settings are config_invalid', async (t) => {
  const broken = await openProxy({ env: { TOKEN_PROXY_CLIENTS: '[]' } })
  t.after(() => broken.close())
  const reply = await broken.send({ body: codeGrant() })
  assertFailure(reply, broken.records()[0], { cause: 'config_invalid' })
})

const event = toEvent(new URLSearchParams(codeGrant()).toString())
const direct: readonly (readonly [CauseName, string, readonly Invocation[]])[] = [
  ['deadline_exhausted', 'a call with little time left', [{ event, remainingMs: 700 }]],
  ['proxy_overloaded', 'a call beside another in a process for one', [{ event }, { event }]],
  ['unforeseen', 'a throw within the handler', [{ event, trap: 'first_clock_call' }]],
]
for (const [cause, says, invocations] of direct) {
  test(`${says} is ${cause}`, async (t) => {
    const nowhere = 'http://127.0.0.1:1'
    const env = toEnvironment(nowhere, [{ ...webClient, domain: nowhere }])
    const handler = openDirectHandler({ ...env, TOKEN_PROXY_MOST_IN_FLIGHT: '1' })
    t.after(() => handler.close())
    const invoked = await handler.invoke(invocations)
    const records = pickRecords(handler.lines())
    const record = records.find((one) => one['cause'] === cause)
    assertFailure(toAnswer(invoked.at(-1)), record, {
      cause,
      isCode: cause === 'deadline_exhausted',
    })
    assert.equal(records.length, invocations.length)
  })
}

/** Where each cause is provoked that needs more evidence than there is here. */
const provokedElsewhere: { readonly [N in CauseName]?: string } = {
  ...Object.fromEntries(
    poolStates
      // What the pool leaves open is named here, too.
      .filter(({ found, word }) => found.cause !== word)
      .map(({ found }) => [found.cause, 'diagnosis/diagnosis.test.ts']),
  ),
  code_already_used: '../fixtures/conformance/code-uses.ts',
  refresh_token_rotated_out: 'diagnosis/earlier-use.test.ts',
  refresh_token_revoked: 'diagnosis/earlier-use-table.test.ts',
  token_type_not_revocable: 'revocation.test.ts',
  edge_key_missing: 'edge.test.ts',
  edge_key_mismatch: 'edge.test.ts',
  csrf_header_missing: 'cookie/refusals.test.ts',
  sign_in_cookie_missing: 'cookie/sign-in.test.ts',
  refresh_cookie_missing: 'cookie/cookie.test.ts',
  refresh_cookie_unreadable: 'cookie/cookie.test.ts',
  refresh_cookie_undecided: 'cookie/key-search.test.ts',
}
const provokedHere: readonly CauseName[] = [
  ...[...refusedCalls, ...upstreamFaults, ...secretFaults].map(({ cause }) => cause),
  ...direct.map(([cause]) => cause),
  ...(['cognito_unreachable', 'domain_not_found', 'config_invalid'] as const),
]

test('every cause of the catalogue is provoked, here or in the file that is named for it', () => {
  const all = new Set([...provokedHere, ...Object.keys(provokedElsewhere)])
  assert.deepEqual([...all].sort(), Object.keys(causes).sort())
  for (const [cause, file] of Object.entries(provokedElsewhere)) {
    // What evidence leaves undetermined is provoked without evidence, too.
    if (file === 'diagnosis/diagnosis.test.ts') continue
    assert.ok(!provokedHere.some((here) => here === cause), `${cause} is provoked here`)
    const text = readFileSync(join(import.meta.dirname, file), 'utf8')
    assert.ok(text.includes(`'${cause}'`), `${file}: ${cause}`)
  }
})
