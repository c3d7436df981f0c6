import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type StackEvent,
  toEventLine,
  toProgress,
  toProgressText,
} from '../../../infra/deploy/events.ts'

let count = 0
const event = (
  status: string,
  logicalId: string,
  more: Omit<Partial<StackEvent>, 'status' | 'logicalId'> = {},
): StackEvent => ({
  ...{ id: `${count++}`, type: 'AWS::IAM::Role', status, logicalId, isStack: false },
  ...more,
})
const stack = (status: string) =>
  event(status, 'proxy', { type: 'AWS::CloudFormation::Stack', isStack: true })
const cancelled = { reason: 'Resource creation cancelled' }
const refused = { reason: 'not authorized' }

test('a change is as far as the latest event of each resource says', () => {
  const events = [
    stack('UPDATE_IN_PROGRESS'),
    ...[event('CREATE_IN_PROGRESS', 'One'), event('CREATE_IN_PROGRESS', 'Two')],
    ...[event('CREATE_COMPLETE', 'One'), event('UPDATE_IN_PROGRESS', 'Three')],
  ]
  const progress = toProgress(events)
  assert.deepEqual(progress, {
    ...{ done: 1, running: ['role Two', 'role Three'], ended: undefined, failure: undefined },
  })
  assert.equal(toProgressText(progress, 9), '1 of 9 done, now role Two and 1 more')
  assert.equal(
    toProgressText({ ...progress, running: ['role Two'] }, 9),
    '1 of 9 done, now role Two',
  )
  assert.equal(toProgressText({ ...progress, running: [] }, 9), '1 of 9 done')
})

test('the first failure is the one that others follow from', () => {
  const { failure, ended } = toProgress([
    stack('CREATE_IN_PROGRESS'),
    event('CREATE_FAILED', 'One', cancelled),
    event('CREATE_FAILED', 'Two', refused),
    event('CREATE_FAILED', 'Three', { reason: 'another' }),
    stack('ROLLBACK_IN_PROGRESS'),
    stack('ROLLBACK_COMPLETE'),
  ])
  assert.equal(failure, 'role Two: not authorized')
  assert.equal(ended, 'ROLLBACK_COMPLETE')
  assert.equal(toProgress([event('CREATE_FAILED', 'One')]).failure, 'role One: CREATE_FAILED')
})

test('a change is over when the stack says so, and not while it cleans up', () => {
  const table = [
    ['CREATE_COMPLETE', true],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', false],
    ['UPDATE_COMPLETE', true],
    ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', false],
    ['UPDATE_ROLLBACK_FAILED', true],
  ] as const
  for (const [status, isOver] of table) {
    assert.equal(toProgress([stack(status)]).ended !== undefined, isOver, status)
  }
})

test('what is complete and what failed has a line of its own, and what only begins has none', () => {
  const table: readonly [StackEvent, line: string | undefined][] = [
    [event('CREATE_IN_PROGRESS', 'One'), undefined],
    [event('CREATE_COMPLETE', 'One'), 'created: role One'],
    [event('UPDATE_COMPLETE', 'One'), 'changed: role One'],
    [event('DELETE_COMPLETE', 'One'), 'deleted: role One'],
    [event('IMPORT_COMPLETE', 'One'), 'imported: role One'],
    [event('REVIEW_COMPLETE', 'One'), undefined],
    [event('CREATE_FAILED', 'One', refused), '! failed: role One: not authorized'],
    [event('DELETE_FAILED', 'One'), '! failed: role One: DELETE_FAILED'],
    [event('CREATE_FAILED', 'One', cancelled), undefined],
    [stack('UPDATE_ROLLBACK_IN_PROGRESS'), '! CloudFormation undoes the change'],
    [stack('UPDATE_COMPLETE'), undefined],
  ]
  for (const [one, line] of table) assert.equal(toEventLine(one), line, one.status)
})
