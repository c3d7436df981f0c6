import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toAftermath } from '../../../infra/deploy/stack-state.ts'

const left: readonly [status: string | undefined, says: RegExp, fix: RegExp][] = [
  [undefined, /there is no stack proxy-dev/, /Deploy again/],
  [
    'CREATE_IN_PROGRESS',
    /goes on/,
    /wait stack-create-complete --region eu-west-1 --stack-name proxy-dev\.$/,
  ],
  [
    'UPDATE_IN_PROGRESS',
    /goes on/,
    /wait stack-update-complete .*cancel-update-stack --region eu-west-1 --stack-name/,
  ],
  ['UPDATE_ROLLBACK_IN_PROGRESS', /being changed right now/, /Wait/],
  ['UPDATE_ROLLBACK_COMPLETE', /as it was before/, /Deploy again/],
  [
    'UPDATE_ROLLBACK_FAILED',
    /could not be rolled back/,
    /continue-update-rollback --region eu-west-1 --stack-name/,
  ],
  ['ROLLBACK_COMPLETE', /only its remains are left/, /osls remove --stage dev/],
  ['REVIEW_IN_PROGRESS', /half made/, /osls remove --stage dev/],
  ['UPDATE_COMPLETE', /whole and not being changed/, /Deploy again/],
]
for (const [status, says, fix] of left) {
  test(`a deployment that stopped with the stack at ${status} says what that means, and what to do`, () => {
    const remark = toAftermath(status, { stack: 'proxy-dev', region: 'eu-west-1' }, 'dev')
    assert.match(remark.says, says)
    assert.match(remark.fix, fix)
  })
}
