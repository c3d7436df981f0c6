import { test } from 'node:test'
import { assertRotations } from '../../fixtures/adapters/rotation-rounds.ts'

test('a rotation that is killed, throttled and repeated at any call ends well: 300 rotations in 100 worlds', (t) =>
  assertRotations(t, 100, 3))
