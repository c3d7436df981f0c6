import test from 'node:test'
import { assertFewSeries } from '../fixtures/conformance/metric-balance.ts'

test('100,000 hostile requests make at most 150 series (OBS-05)', (t) =>
  assertFewSeries(t, 100_000))
