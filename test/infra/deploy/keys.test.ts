import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toKeyUse } from '../../../infra/account/keys.ts'
import { judgeKey, type NamedKey, toStatement } from '../../../infra/deploy/keys.ts'

const arn = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd'
const topics: NamedKey = { field: 'topicsKmsKey', arn }
const found = <T>(value: T) => ({ ok: true, value }) as const
const failed = { ok: false, error: 'AccessDenied' } as const
const use = toKeyUse('topicsKmsKey', arn)
const withPolicy = (...Statement: object[]) =>
  found({ state: 'Enabled', policy: found(JSON.stringify({ Statement })) })
const cloudWatch = { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] }

test('the statement that the check asks for is one that it accepts', () => {
  assert.ok(use)
  assert.deepEqual(judgeKey(topics, withPolicy(toStatement(use))), {})
})

test('the service must have every action that it needs, and may have them by a star', () => {
  const account = { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' } }
  const table: readonly [statement: object, isEnough: boolean][] = [
    [{ Effect: 'Allow', Principal: cloudWatch, Action: 'kms:*' }, true],
    [{ Effect: 'Allow', Principal: '*', Action: ['kms:Decrypt', 'kms:Generate*'] }, true],
    [{ Effect: 'Allow', Principal: cloudWatch, Action: 'kms:Decrypt' }, false],
    [{ Effect: 'Allow', Principal: cloudWatch }, false],
    [{ Effect: 'Deny', Principal: cloudWatch, Action: 'kms:*' }, false],
    [{ ...account, Action: 'kms:*' }, false],
  ]
  for (const [statement, isEnough] of table) {
    const { problem } = judgeKey(topics, withPolicy(statement))
    assert.equal(problem === undefined, isEnough, JSON.stringify(statement))
    if (problem !== undefined) {
      assert.match(problem.says, /topicsKmsKey does not let cloudwatch\.amazonaws\.com use it/)
      assert.match(problem.fix, /"kms:GenerateDataKey\*"/)
    }
  }
})

test('a policy that is no JSON allows nothing', () => {
  const policy = found('{')
  assert.ok(judgeKey(topics, found({ state: 'Enabled', policy })).problem)
})

test('a key that is absent or switched off stops the deployment, whatever its policy', () => {
  const off = found({ state: 'PendingDeletion', policy: failed })
  for (const field of ['topicsKmsKey', 'environmentKmsKey'] as const) {
    const { says, fix } = judgeKey({ field, arn }, off).problem ?? { says: '', fix: '' }
    assert.match(says, /PendingDeletion/)
    assert.match(fix, /enable-key --region eu-central-1 --key-id arn:/)
    assert.match(judgeKey({ field, arn }, found(undefined)).problem?.says ?? '', /does not exist/)
  }
})

test('what may not be read is named and stops nothing', () => {
  const unread = found({ state: 'Enabled', policy: failed })
  assert.match(judgeKey(topics, unread).unchecked?.says ?? '', /^the policy of the key of topics/)
  assert.match(judgeKey(topics, failed).unchecked?.says ?? '', /^the key of topicsKmsKey could not/)
  assert.deepEqual(judgeKey({ field: 'environmentKmsKey', arn }, unread), {})
})
