import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toAllowedHeaders } from '../../core/cors-headers.ts'
import { edgeKeyHeader } from '../../core/edge-key.ts'

test('allows what token requests have, and what tracing adds to every call of a page', () => {
  const allowed = toAllowedHeaders([])
  for (const name of [
    ...['authorization', 'content-type', 'dpop', 'x-requested-with', 'x-amz-user-agent'],
    ...['traceparent', 'tracestate', 'baggage', 'sentry-trace', 'newrelic', 'b3'],
    ...['x-datadog-trace-id', 'x-datadog-parent-id', 'x-datadog-origin', 'x-correlation-id'],
    ...['cache-control', 'pragma', 'mcp-protocol-version'],
  ]) {
    assert.ok(allowed.includes(name), name)
  }
})

test('names headers one by one, in lower case and in a fixed order, and never all of them', () => {
  const allowed = toAllowedHeaders([])
  for (const name of allowed) assert.match(name, /^[a-z0-9][a-z0-9-]*$/)
  assert.deepEqual(allowed, [...new Set(allowed)].sort())
  for (const name of ['cookie', edgeKeyHeader]) assert.ok(!allowed.includes(name), name)
})

test('adds what a deployment names, once', () => {
  const more = toAllowedHeaders(['x-own-trace', 'traceparent'])
  const added = more.filter((name) => !toAllowedHeaders([]).includes(name))
  assert.deepEqual(added, ['x-own-trace'])
  assert.equal(more.filter((name) => name === 'traceparent').length, 1)
})
