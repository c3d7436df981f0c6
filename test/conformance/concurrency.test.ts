// Many requests at once in one process: nobody ever gets the tokens of somebody else (REL-11).
import test from 'node:test'
import { assertNeverCrossing } from '../fixtures/conformance/interleaving.ts'

test('2,000 interleaved exchanges in one process never cross', (t) => assertNeverCrossing(t, 2000))
