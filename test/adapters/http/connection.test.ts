import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseOrigin } from '../../../adapters/http/connection.ts'

for (const [url, isHttps, host, hostname, port] of [
  ['https://a.example', true, 'a.example', 'a.example', 443],
  ['https://a.example:443/', true, 'a.example', 'a.example', 443],
  ['https://a.example:8443', true, 'a.example:8443', 'a.example', 8443],
  ['http://127.0.0.1', false, '127.0.0.1', '127.0.0.1', 80],
  ['http://[::1]:8080', false, '[::1]:8080', '::1', 8080],
] as const) {
  test(`${url} is ${host} at port ${port} of ${hostname}`, () => {
    assert.deepEqual(parseOrigin(url), { isHttps, host, hostname, port })
  })
}
