import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkCauseNames } from '../../core/causes/doctor.ts'
import { explain } from '../../core/explain/explain.ts'
import { directReasons, isReason } from '../../core/explain/reasons.ts'
import { placeholders } from '../../runbook/commands.ts'
import { toFullExplanation, toReasonText } from '../../runbook/explanation.ts'
import { toExplanationText } from '../../runbook/explanation-text.ts'
import { observations } from '../../runbook/observations/observations.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')
const reasons = [
  ...new Set([...Object.keys(observations), ...checkCauseNames, ...Object.keys(directReasons)]),
].filter(isReason)

for (const reason of reasons) {
  test(`${reason} has an observation, a fix and what the proxy makes of it`, () => {
    const { ask, look, fix, withProxy, command, repair, page } = toReasonText(reason)
    // The picture of a wording has room for no more.
    assert.match(ask, /^[A-Z].{10,62}\?$/)
    assert.ok(look.length > 20)
    assert.match(fix, /^[A-Z][^\n]{15,}\.$/)
    assert.match(withProxy, /^[A-Z].*\.$/)
    if (page !== undefined) assert.ok(existsSync(join(docs, page)), page)
    for (const text of [command ?? '', repair ?? '']) {
      assert.doesNotMatch(text, /UserPoolClient\.ClientSecret(?! \\\n| --output)/)
    }
  })
}

test('the words in capitals of every command are explained', () => {
  const own = ['NAME', 'USER', 'BASIC_VALUE', 'VERIFIER', 'ID']
  for (const reason of Object.keys(observations).filter(isReason)) {
    const { command = '', repair = '' } = toReasonText(reason)
    const words =
      `${command} ${repair}`.match(/(?<![A-Z_'.-])\b[A-Z]{2,}(?:_[A-Z]+)*\b(?![-.(])/g) ?? []
    const unknown = words.filter((word) => !Object.hasOwn(placeholders, word))
    const known = [...own, 'AND', 'AWS', 'SPA', 'REGIONAL', 'COGNITO', 'JSON', 'POOL_THAT_HAS_IT']
    assert.deepEqual(
      unknown.filter((word) => !known.includes(word) && !word.startsWith('THE_')),
      [],
      reason,
    )
  }
})

const toText = (pasted: string) => toExplanationText(toFullExplanation(explain(pasted)))

test('the text names at most five reasons in full, and the others by name', () => {
  const text = toText('invalid_client')
  assert.equal(text.match(/^\d\. /gm)?.length, 5)
  assert.match(text, /^Also possible: [a-z_]+, /m)
})

test('a command that is shown before is not shown again', () => {
  const text = toText('unauthorized_client')
  const first = text.indexOf('describe-user-pool-client')
  assert.ok(first > 0)
  assert.match(text, /\(the same call as above\)/)
})

test('a proof is said at once, a likely reason with the number of other reasons', () => {
  assert.match(toText('HTTP/2 202\nx-amzn-waf-action: challenge'), /It is proved: waf_blocked\./)
  assert.match(toText('429 Rate exceeded'), /Likely: cognito_throttled\. 2 more remain possible\./)
  assert.match(toText('400 unsupported_token_type'), /Only this is known to cause it:/)
  assert.match(toText('400 invalid_client'), /The text does not decide\. \d+ reasons are known/)
})

test('a credential in the text is the first thing that is said', () => {
  const text = toText('client_secret=k3yThatWasMadeForThisTest invalid_client')
  assert.match(text, /^! The text contains a client secret\. .* Add a new secret/)
  assert.ok(!text.includes('k3yThat'))
})

test('if nothing is known, it says what to paste', () => {
  assert.match(toText('It does not work.'), /^Nothing in this text is known\. Paste one of these/)
  assert.equal(toFullExplanation(explain('x')).page, undefined)
})
