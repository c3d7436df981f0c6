import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openRecordBoard } from '../../local/record-board.ts'

const record = '{"request_id":"r-1","outcome":"ok"}'
const metrics = '{"_aws":{"Timestamp":1},"Requests":1}'
const crash = '2026-01-01T00:00:00.000Z - Runtime exited with exit status 1'
const refusal = '{"level":"ERROR","message":"settings refused"}'

test('every line except metrics is reported unchanged, and only a record is kept as one', () => {
  const board = openRecordBoard()
  const told: string[] = []
  const stop = board.onLogLine((line) => told.push(line))
  for (const line of [record, metrics, crash, refusal, 'null', '']) board.take(line)
  assert.deepEqual(told, [record, crash, refusal, 'null', ''])
  assert.deepEqual(board.latest(), [JSON.parse(record)])
  assert.equal(board.lines().length, 6)
  stop()
  board.take(crash)
  assert.equal(told.length, 5)
})

test('a record that is in one line with its metrics is reported and kept without them', () => {
  const board = openRecordBoard()
  const told: string[] = []
  board.onLogLine((line) => told.push(line))
  board.take(`${record.slice(0, -1)},${metrics.slice(1)}`)
  assert.deepEqual(told, [record])
  assert.deepEqual(board.latest(), [JSON.parse(record)])
})

test('every line is reported as written, including metrics', () => {
  const board = openRecordBoard()
  const told: string[] = []
  const stop = board.onLine((line) => told.push(line))
  for (const line of [record, metrics, crash]) board.take(line)
  stop()
  board.take(record)
  assert.deepEqual(told, [record, metrics, crash])
})

test('lines and records are bounded, and the newest are kept', () => {
  const board = openRecordBoard()
  for (let id = 0; id < 10_000; id += 1) board.take(JSON.stringify({ outcome: 'ok', id }))
  assert.equal(board.lines().length, 2000)
  assert.equal(board.latest().length, 500)
  assert.deepEqual(board.latest().at(-1), { outcome: 'ok', id: 9999 })
})
