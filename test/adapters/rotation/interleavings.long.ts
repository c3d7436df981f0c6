// Whatever is killed, throttled, lost or repeated, a rotation ends with a secret that works.
import { test } from 'node:test'
import { assertRotations } from '../../fixtures/adapters/rotation-worlds.ts'

test('a rotation that is killed, throttled and repeated at any call ends well: 10,000 rotations', (t) =>
  assertRotations(t, 2500, 4))
