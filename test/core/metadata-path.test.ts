import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAboutPath, isDocumentPath, isMetadataPath } from '../../core/metadata-path.ts'
import {
  metadataPaths,
  serverMetadataPath as oauth,
  discoveryPath as openid,
} from '../../core/paths.ts'

test('a path is that of a document only where it is written exactly', () => {
  for (const path of [openid, oauth, `${oauth}/clients/a-1`, `/clients/a${openid}`]) {
    assert.ok(isDocumentPath(path), path)
  }
  for (const path of [
    `${openid}/`,
    `${openid}/clients/web`,
    `${oauth}/clients`,
    `${oauth}/clients/`,
    `${oauth}/clients/web/x`,
    `/clients/${'a'.repeat(33)}${openid}`,
    '/xwell-known/openid-configuration',
  ]) {
    assert.equal(isDocumentPath(path), false, path)
  }
})

test('a metadata path is still known when it is requested with another method', () => {
  for (const path of [
    '/.well-known/openid-configuration',
    '/clients/web/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server',
    '/clients/web/.well-known/oauth-authorization-server',
    '/.well-known/oauth-authorization-server/clients/web',
    '/login',
    '/logout',
    '/oauth2/authorize',
    '/health',
  ]) {
    assert.equal(isMetadataPath(path), true, path)
  }
  // Whoever posts to `/` wants tokens, and is told where they are.
  for (const path of [
    '/',
    '/oauth2/token',
    '/clients/WEB/.well-known/openid-configuration',
    '/login/',
  ]) {
    assert.equal(isMetadataPath(path), false, path)
  }
})

test('what this is, is asked at the root and at /health alone', () => {
  assert.ok(isAboutPath('/') && isAboutPath('/health'))
  for (const path of ['', '/Health', '/health/', '/healthz', '/login']) {
    assert.equal(isAboutPath(path), false, path)
  }
})

test('every path that is routed here is one that is judged here', () => {
  for (const path of metadataPaths) {
    const asked = path.replace('{name}', 'web')
    assert.ok(isMetadataPath(asked) || isAboutPath(asked), path)
  }
})
