import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isBaseUrl, isOrigin, isPlainUrl, isRedirectUri } from '../../../core/settings/addresses.ts'
import { hasSyntax, syntaxes } from '../../../core/settings/syntax.ts'

const checks = { isBaseUrl, isOrigin, isPlainUrl, isRedirectUri }
/** The syntax that holds a text to the same check; its pattern must not refuse more. */
const syntaxOf = {
  isBaseUrl: syntaxes.baseUrl,
  isOrigin: syntaxes.origin,
  isPlainUrl: syntaxes.plainUrl,
  isRedirectUri: syntaxes.redirectUri,
} as const satisfies Readonly<Record<keyof typeof checks, unknown>>
const label = 'a'.repeat(63)

/** base URL, origin, plain URL, redirect URI */
type Verdicts = readonly [0 | 1, 0 | 1, 0 | 1, 0 | 1]
const all: Verdicts = [1, 1, 1, 1]
const none: Verdicts = [0, 0, 0, 0]

const rows: readonly (readonly [string, Verdicts])[] = [
  ['https://a.example', all],
  ['https://a-b.c1.example', all],
  ['https://xn--bcher-kva.example', all],
  ['https://1a.example', all],
  ['https://9a9.a9.e9x9', all],
  ['https://a.example:1', all],
  ['https://a.example:65535', all],
  ['https://a.example:65536', none],
  ['https://a.example:99999', none],
  ['https://a.example:100000', none],
  ['https://a.example:0', none],
  ['https://a.example:080', none],
  ['https://a.example:', none],
  ['https://a.example:x', none],
  ['https://a.example:443', [1, 0, 1, 1]],
  ['https://a.example:4430', all],
  ['https://a.example:80', all],
  ['https://a.example/', [0, 0, 1, 1]],
  ['https://a.example/path', [0, 0, 1, 1]],
  ['https://a.example/path:443', [0, 0, 1, 1]],
  ['https://a.example/?x=1', [0, 0, 0, 1]],
  ['https://a.example?x=1', [0, 0, 0, 1]],
  ['https://a.example#x', none],
  ['https://a.example/a#x', none],
  ['https://a.example/*', none],
  ['https://*.a.example', none],
  [`chrome-extension://${'abcdefghijklmnop'.repeat(2)}`, [0, 1, 0, 1]],
  [`chrome-extension://${'a'.repeat(31)}`, [0, 0, 0, 1]],
  [`chrome-extension://${'a'.repeat(33)}`, [0, 0, 0, 1]],
  [`chrome-extension://${'q'.repeat(32)}`, [0, 0, 0, 1]],
  [`chrome-extension://${'a'.repeat(32)}/`, [0, 0, 0, 1]],
  [`chrome-extension://${'A'.repeat(32)}`, [0, 0, 0, 1]],
  ['capacitor://localhost', [0, 0, 0, 1]],
  ['ionic://localhost', [0, 0, 0, 1]],
  ['tauri://localhost', [0, 0, 0, 1]],
  ['https://localhost', all],
  ['https://tauri.localhost', all],
  ['*', none],
  ['', none],
  ['https://', none],
  ['https:/a.example', none],
  ['https:a.example', none],
  ['//a.example', none],
  ['a.example', none],
  ['xhttps://a.example', [0, 0, 0, 1]],
  [' https://a.example', none],
  ['https://a.example ', none],
  ['https://a.example/a b', none],
  ['https://a.example/é', none],
  ['https://a.example/\u007f', none],
  ['https://a.example/\n', none],
  ['https://a.example\n', none],
  ['https://a.example/a\\b', none],
  ['https://a.example\\@b.example', none],
  ['https://user@a.example', none],
  ['https://user:password@a.example', none],
  ['https://a.example@b.example', none],
  ['https://A.example', none],
  ['HTTPS://a.example', none],
  ['https://a_b.example', none],
  ['https://-a.example', none],
  ['https://a-.example', none],
  ['https://a..example', none],
  ['https://.example', none],
  ['https://a.example.', none],
  ['https://a.e', none],
  ['https://a.1e', none],
  ['https://a.e-', none],
  ['https://a.e1', all],
  ['https://intranet', none],
  ['https://192.168.0.1', none],
  ['https://1.2.3.4', none],
  ['https://[2001:db8::1]', none],
  ['https://[::2]', none],
  ['https://[::1', none],
  ['https://0x7f.0.0.1', none],
  [`https://${label}.example`, all],
  [`https://a${label}.example`, none],
  [`https://a.${label}`, all],
  [`https://a.a${label}`, none],
  [`https://${`${label}.`.repeat(3)}${'a'.repeat(58)}.cc`, all],
  [`https://${`${label}.`.repeat(3)}${'a'.repeat(59)}.cc`, none],
  ['http://a.example', none],
  ['http://1.2.3.4', none],
  ['http://localhost', all],
  ['http://localhost:3000', all],
  ['http://localhost:80', [1, 0, 1, 1]],
  ['http://localhost:443', all],
  ['http://localhost:8080', all],
  ['http://127.0.0.1:3000', all],
  ['http://127.0.0.1:80', [1, 0, 1, 1]],
  ['http://127.0.0.2', none],
  ['http://[::1]', all],
  ['http://[::1]:3000', all],
  ['http://[::1]:80', [1, 0, 1, 1]],
  ['http://[::1]/callback', [0, 0, 1, 1]],
  ['https://localhost:3000', all],
  ['https://[::1]:443', [1, 0, 1, 1]],
  ['http://localhost.evil.example', none],
  ['http://Localhost', none],
  ['http://localhost@evil.example', none],
  ['http://', none],
  ['http:', none],
  ['https:', none],
  ['ftp:', none],
  ['com.example.app:/callback', [0, 0, 0, 1]],
  ['com.example.app://callback?x=1', [0, 0, 0, 1]],
  ['a+b-c.d1:', [0, 0, 0, 1]],
  ['com.example.app:/call back', none],
  ['com.example.app:/callback\n', none],
  ['com.example.app:/é', none],
  ['com.example.app:/~!', [0, 0, 0, 1]],
  ['com.example.app:/#x', none],
  ['com.example.app:/*', none],
  ['Com.example.app:/callback', [0, 0, 0, 1]],
  ['AppName://', [0, 0, 0, 1]],
  ['JavaScript:alert(1)', none],
  ['HTTPS://app.example', none],
  ['AppName://callback', [0, 0, 0, 1]],
  ['AppName:callback', [0, 0, 0, 1]],
  ['appname://callback/a@b', [0, 0, 0, 1]],
  ['appname://user@callback', none],
  ['appname://user:word@callback/path', none],
  ['AppName://@', none],
  ['x:/callback', [0, 0, 0, 1]],
  ['1com:/callback', none],
  ['com_example:/callback', none],
  [':/callback', none],
  ['com.example.app', none],
  ['null', none],
]

for (const [text, verdicts] of rows) {
  for (const [index, [name, check]] of Object.entries(checks).entries()) {
    const isTaken = verdicts[index] === 1
    const shown = JSON.stringify(text.length > 80 ? `${text.length} characters` : text)
    test(`${name} ${isTaken ? 'takes' : 'refuses'} ${shown}`, () => {
      assert.equal(check(text), isTaken)
      assert.equal(hasSyntax(text, syntaxOf[name as keyof typeof checks]), isTaken)
    })
  }
}

const dangerous = [
  ...['about', 'blob', 'chrome', 'data', 'file', 'filesystem', 'ftp', 'ftps', 'intent', 'jar'],
  ...['javascript', 'mailto', 'sms', 'tel', 'vbscript', 'view-source', 'ws', 'wss'],
]

for (const scheme of dangerous) {
  test(`refuses ${scheme}: as a redirect URI, and no scheme that only begins like it`, () => {
    assert.equal(isRedirectUri(`${scheme}:alert`), false)
    assert.equal(isRedirectUri(`${scheme}://a.example`), false)
    assert.equal(isRedirectUri(`${scheme.toUpperCase()}:alert`), false)
    assert.equal(isRedirectUri(`${scheme}x:alert`), true)
  })
}

test('takes a redirect URI of 1024 characters and refuses one of 1025', () => {
  const start = 'https://a.example/'
  assert.equal(isRedirectUri(start + 'x'.repeat(1024 - start.length)), true)
  assert.equal(isRedirectUri(start + 'x'.repeat(1025 - start.length)), false)
})
