import test from 'node:test'
import { assertStrangersPageNobody } from '../../fixtures/conformance/strangers.ts'

test('10,000 hostile requests in an hour page no one, and hide neither a real fault nor a real leak', (t) =>
  assertStrangersPageNobody(t, 10_000))
