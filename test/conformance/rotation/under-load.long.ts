// A secret rotates again and again while exchanges go on, over the wire, by the built function (REL-08).
import test from 'node:test'
import { assertUnnoticed } from '../../fixtures/conformance/rotations-under-load.ts'

test('20 rotations in a row fail no exchange, show no value and leave one secret each', (t) =>
  assertUnnoticed(t, 20))
