import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changeStage, toEntries } from '../../../core/setup/stage-text.ts'

const web = { name: 'web', clientId: 'client1', origins: ['https://a.example.com'] }
const phone = { name: 'phone', clientId: 'client2' }

test('makes a stage of its first client', () => {
  const { value, changes } = changeStage(undefined, web, 'eu-central-1', { alarmEmails: ['a@b.c'] })
  assert.deepEqual(value, {
    $schema: './stage.schema.json',
    region: 'eu-central-1',
    clients: [web],
    alarmEmails: ['a@b.c'],
  })
  assert.deepEqual(changes, ['makes the stage, in eu-central-1', 'adds the client web'])
})

test('adds a second client, and leaves everything else', () => {
  const before = { region: 'eu-west-1', memoryMb: 1024, clients: [web], logRetentionDays: 7 }
  const { value, changes } = changeStage(before, phone, 'eu-central-1', {})
  assert.deepEqual(value, { ...before, clients: [web, phone] })
  assert.deepEqual(Object.keys(value), Object.keys(before))
  assert.deepEqual(changes, ['adds the client phone'])
})

test('changes nothing where all of it is there', () => {
  const before = { region: 'eu-west-1', clients: [phone, web], alarmEmails: [] }
  const { value, changes } = changeStage(before, { ...web }, 'eu-west-1', { alarmEmails: [] })
  assert.deepEqual([value, changes], [before, []])
})

test('says what changes of a client and of the stage', () => {
  const before = { region: 'eu-west-1', clients: [web, phone], alarmEmails: [] }
  const changed = { ...web, origins: [], allowNoOrigin: true }
  const further = { alarmEmails: ['a@b.c'], memoryMb: 256 }
  assert.deepEqual(changeStage(before, changed, 'eu-west-1', further).changes, [
    'changes origins of the client web',
    'adds allowNoOrigin to the client web',
    'changes alarmEmails',
    'adds memoryMb',
  ])
})

test('finds no client in anything but a list of clients', () => {
  assert.deepEqual(toEntries(undefined), [])
  assert.deepEqual(toEntries({ clients: 'x' }), [])
  assert.deepEqual(toEntries({ clients: [null, 7, web] }), [web])
})
