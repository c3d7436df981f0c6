import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { siteBucketId } from '../../infra/site/bucket.ts'
import { beforeRemoval } from '../../tools/deploy/before-removal.ts'
import { emptySite, uploadSite } from '../../tools/deploy/site-bucket.ts'
import { type StackPlugin, steerByStage } from '../../tools/deploy/steer.ts'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'
import { openAwsAccount, toChangeXml } from '../fixtures/infra/aws-account.ts'
import { openSiteStore, siteBucket, siteDistribution } from '../fixtures/infra/site-store.ts'
import { builtSiteFolder, readSite } from '../fixtures/pages/built-site.ts'

const target = { region: 'eu-central-1', bucket: siteBucket, distribution: siteDistribution }

let folder: string
before(async () => {
  await readSite()
  folder = mkdtempSync(join(tmpdir(), 'site-'))
  cpSync(builtSiteFolder, folder, { recursive: true })
  process.env['AWS_ACCESS_KEY_ID'] = 'loopback'
  process.env['AWS_SECRET_ACCESS_KEY'] = 'loopback'
})
after(() => rmSync(folder, { recursive: true, force: true }))

async function openStore(t: TestContext) {
  const store = openSiteStore()
  const { port } = await openHttpServer(t, async (request, response) => {
    const isKnown = await store.answer(request, response)
    if (!isKnown) response.writeHead(400).end()
  })
  process.env['AWS_ENDPOINT_URL'] = `http://127.0.0.1:${port}`
  return store
}

test('a first upload puts every file with its type, pages after what they load, and empties the edge last', async (t) => {
  const { files, calls } = await openStore(t)
  const uploaded = await uploadSite(folder, target)
  assert.ok(files.size > 300 && uploaded.changed === files.size)
  assert.deepEqual(uploaded, { changed: files.size, removed: 0, kept: 0 })
  assert.equal(files.get('index.html')?.contentType, 'text/html; charset=utf-8')
  assert.equal(files.get('404.html')?.cacheControl, 'public, max-age=300')
  assert.equal(files.get('pagefind/pagefind-ui.js')?.contentType, 'text/javascript; charset=utf-8')
  const puts = calls.filter((call) => call.startsWith('PUT '))
  const firstPage = puts.findIndex((call) => call.endsWith('.html'))
  assert.ok(puts.slice(firstPage).every((call) => call.endsWith('.html')))
  assert.equal(calls.at(-1), 'INVALIDATE')
})

test('a second upload puts what has changed and deletes what is gone', async (t) => {
  const { files, calls } = await openStore(t)
  await uploadSite(folder, target)
  const size = files.size
  calls.length = 0
  writeFileSync(join(folder, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  rmSync(join(folder, 'causes.json'))
  const uploaded = await uploadSite(folder, target)
  assert.deepEqual(uploaded, { changed: 1, removed: 1, kept: size - 2 })
  const lists = calls.filter((call) => call === 'LIST')
  assert.ok(lists.length > 2)
  assert.deepEqual(calls.slice(lists.length), ['PUT icon.svg', 'DELETE', 'INVALIDATE'])
  assert.ok(!files.has('causes.json'))
})

test('an upload that was refused goes on where it stopped, and empties the edge even if nothing is left to put', async (t) => {
  const store = await openStore(t)
  store.refuse = 'INVALIDATE'
  await assert.rejects(uploadSite(folder, target), { name: 'AccessDenied' })
  store.refuse = undefined
  store.calls.length = 0
  const { changed } = await uploadSite(folder, target)
  assert.equal(changed, 0)
  assert.equal(store.calls.at(-1), 'INVALIDATE')
})

test('nothing is deleted where a file could not be put', async (t) => {
  const store = await openStore(t)
  store.files.set('old.html', { body: Buffer.from('old'), contentType: '', cacheControl: '' })
  store.refuse = 'PUT runbook/'
  await assert.rejects(uploadSite(folder, target), { name: 'AccessDenied' })
  assert.ok(store.files.has('old.html') && !store.calls.includes('DELETE'))
})

test('a change set without the site any more is let through after its bucket was emptied', async (t) => {
  const site = openSiteStore()
  site.files.set('index.html', { body: Buffer.from('x'), contentType: '', cacheControl: '' })
  const { url, calls } = await openAwsAccount(t, {
    ...{ stackStatus: 'UPDATE_COMPLETE', site },
    changes: toChangeXml('Remove', 'AWS::S3::Bucket', siteBucketId),
  })
  process.env['AWS_ENDPOINT_URL'] = url
  t.mock.method(console, 'log', () => {})
  const plugin: StackPlugin = {
    waitForChangeSetCreation: async () => ({ Status: 'CREATE_COMPLETE' }),
    monitorStack: async () => undefined,
  }
  steerByStage(plugin, {
    ...{ stageName: 'dev', isInteractive: false, clearProgress: () => {} },
    toError: (message) => new Error(message),
  })
  await plugin.waitForChangeSetCreation('one', 'token-proxy-dev')
  assert.deepEqual(site.calls, ['VERSIONS'])
  assert.ok(calls.indexOf('DescribeChangeSet') < calls.indexOf('PutMetricData'))
})

test('before the stack is removed, the bucket of its site is emptied, and one without a site is left alone', async (t) => {
  const site = openSiteStore()
  const { url } = await openAwsAccount(t, { stackStatus: 'UPDATE_COMPLETE', site })
  process.env['AWS_ENDPOINT_URL'] = url
  await beforeRemoval('dev')
  assert.deepEqual(site.calls, ['VERSIONS'])
  const bare = await openAwsAccount(t, { stackStatus: 'UPDATE_COMPLETE' })
  process.env['AWS_ENDPOINT_URL'] = bare.url
  await beforeRemoval('dev')
  assert.deepEqual(bare.calls, ['DescribeStacks'])
  site.refuse = 'VERSIONS'
  process.env['AWS_ENDPOINT_URL'] = url
  await assert.rejects(beforeRemoval('dev'), /could not be emptied \(AccessDenied\)/)
})

test('emptying deletes every version, however many there are', async (t) => {
  const { files, calls } = await openStore(t)
  await uploadSite(folder, target)
  calls.length = 0
  await emptySite(target)
  assert.equal(files.size, 0)
  assert.ok(calls.filter((call) => call === 'DELETE').length > 2)
  calls.length = 0
  await emptySite(target)
  assert.deepEqual(calls, ['VERSIONS'])
})
