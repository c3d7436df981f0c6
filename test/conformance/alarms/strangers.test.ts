// The lines are those of the built function; the clock of the alarms is the drill's.
import test from 'node:test'
import { assertStrangersPageNobody } from '../../fixtures/conformance/strangers.ts'

test('a thousand hostile requests in an hour page no one, and hide neither a real fault nor a real leak', (t) =>
  assertStrangersPageNobody(t, 1000))
