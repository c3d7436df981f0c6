import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isKnownPath, metadataPaths, revocationPath, tokenPath } from '../../core/paths.ts'

test('knows every path that is served, with the alias of a client in it', () => {
  for (const path of [tokenPath, revocationPath, ...metadataPaths]) {
    assert.ok(isKnownPath(path.replace('{name}', 'shop-2')), path)
  }
})

test('knows no path that only looks like one', () => {
  for (const path of [
    ...['', '/oauth2', '/oauth2/token/', '/OAuth2/token', '/x/oauth2/token', '/oauth2/token2'],
    ...['/clients/Shop/.well-known/openid-configuration', '/xwell-known/openid-configuration'],
  ]) {
    assert.equal(isKnownPath(path), false, path)
  }
})
