import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeCertificate } from '../../../infra/deploy/certificates.ts'

const wanted = { arn: 'arn:one', region: 'eu-central-1', hostName: 'login.example.com' }
const issued = (...names: readonly string[]) => ({ status: 'ISSUED', names })
const judge = (value: Parameters<typeof judgeCertificate>[1]) => judgeCertificate(wanted, value)

for (const names of [['login.example.com'], ['example.com', '*.example.com'], ['*.EXAMPLE.com']]) {
  test(`a certificate for ${names} is for login.example.com`, () => {
    assert.deepEqual(judge({ ok: true, value: issued(...names) }), {})
  })
}

for (const names of [['example.com'], ['*.login.example.com'], ['*.com'], ['alogin.example.com']]) {
  test(`a certificate for ${names} is not for login.example.com`, () => {
    const { problem } = judge({ ok: true, value: issued(...names) })
    assert.match(problem?.says ?? '', /^the certificate is for .* and not for login\.example\.com$/)
  })
}

test('a certificate that is absent, or not issued yet, stops the deployment with its fix', () => {
  const absent = judge({ ok: true, value: undefined })
  assert.match(`${absent.problem?.says} ${absent.problem?.fix}`, /arn:one does not.*eu-central-1/)
  const waiting = judge({ ok: true, value: { ...issued(), status: 'PENDING_VALIDATION' } })
  assert.match(waiting.problem?.says ?? '', /login\.example\.com .* \(PENDING_VALIDATION\)/)
})

test('a certificate that nobody may look at stops nothing', () => {
  const { problem, unchecked } = judge({ ok: false, error: 'AccessDenied' })
  assert.equal(problem, undefined)
  assert.match(unchecked?.says ?? '', /login\.example\.com could not be checked \(AccessDenied\)/)
})
