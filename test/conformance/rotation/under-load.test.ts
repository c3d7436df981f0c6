// A secret rotates while exchanges go on, over the wire, by the built function (REL-08).
import test from 'node:test'
import { assertUnnoticed } from '../../fixtures/conformance/rotations-under-load.ts'
import { hangMs } from '../../fixtures/patience.ts'

test(
  '2 rotations in a row fail no exchange, show no value and leave one secret each',
  {
    timeout: hangMs,
  },
  (t) => assertUnnoticed(t, 2),
)
