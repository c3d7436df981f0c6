import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBehindCdn } from '../../core/behind-cdn.ts'

const judge = (headers: Readonly<Record<string, string>>) =>
  isBehindCdn({ headers: new Map(Object.entries(headers)) })

test('a CDN is known by the headers that it adds', () => {
  for (const headers of [
    { 'x-amz-cf-id': 'a' },
    { via: '1.1 0123abcd.cloudfront.net (CloudFront)' },
    { 'cdn-loop': 'cloudflare; loops=1' },
    { via: '1.1 varnish' },
  ]) {
    assert.ok(judge(headers), JSON.stringify(headers))
  }
})

test('neither a proxy at the side of the caller nor the HTTP API is taken for a CDN', () => {
  for (const headers of [
    {},
    { via: '1.1 proxy.corp.example (squid)' },
    { 'x-forwarded-for': '203.0.113.7', 'x-amzn-trace-id': 'Root=1-0-0' },
  ]) {
    assert.ok(!judge(headers), JSON.stringify(headers))
  }
})
