import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { runScript } from '../fixtures/end-to-end/run-script.ts'
import { type AccountState, openAwsAccount, toChangeXml } from '../fixtures/infra/aws-account.ts'
import { edgedFields } from '../fixtures/infra/edged-stage.ts'
import { copyProject, type ProjectCopy } from '../fixtures/infra/packaging.ts'
import { openSiteStore } from '../fixtures/infra/site-store.ts'

const guard = pathToFileURL(join(import.meta.dirname, '..', 'loopback-only.ts')).href
const root = join(import.meta.dirname, '..', '..')
const dev = JSON.parse(readFileSync(join(root, 'stages', 'dev.json'), 'utf8'))
let project: ProjectCopy
before(() => {
  project = copyProject()
  const domainCertificate = 'arn:aws:acm:eu-central-1:123456789012:certificate/1234abcd-12ab'
  project.writeStage('edged', { ...edgedFields, edge: 'required', gradualDeployment: true })
  project.writeStage('named', { ...dev, domainName: 'login.example.com', domainCertificate })
})
after(() => project.remove())

/** Deploys the example stage, or that of the last flag, into an account on loopback. */
async function deploy(t: TestContext, state: AccountState, ...flags: readonly string[]) {
  const { url, calls, executed } = await openAwsAccount(t, state)
  const words = ['package.ts', 'deploy', '--stage', 'dev', ...flags]
  return { ...(await runTool(url, words)), calls, executed }
}

/** Runs a script of the copied project with an account on loopback. */
async function runTool(url: string, [script = '', ...words]: readonly string[]) {
  const path = join(project.folder, 'tools', script)
  const { status, stdout, stderr } = await runScript([path, ...words], {
    cwd: project.folder,
    env: {
      PATH: process.env['PATH'],
      HOME: project.folder,
      // The schemas that osls has compiled, by their digests. It would look for them below HOME, where
      // packaging removes them.
      SLS_SCHEMA_CACHE_BASE_DIR: homedir(),
      NODE_OPTIONS: `--import=${guard}`,
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'loopback',
      AWS_SECRET_ACCESS_KEY: 'loopback',
      // Milliseconds between two looks at the stack.
      SLS_AWS_MONITORING_FREQUENCY: '20',
    },
    // Reached by a hang only.
    timeout: 120_000,
  })
  return { code: status, output: stdout + stderr }
}

const changing = /^(?:CreateChangeSet|ExecuteChangeSet|CreateStack|UpdateStack|PutMetricData|PUT )/

test('everything that stops a deployment is listed at once, and nothing is changed', async (t) => {
  const wrong = {
    ...{ unreserved: 10, denied: 'sns:CreateTopic', hasSecrets: false },
    ...{ stackStatus: 'UPDATE_ROLLBACK_FAILED', certificateStatus: 'EXPIRED' },
  }
  const { code, output, calls } = await deploy(t, wrong, '--stage', 'named')
  assert.equal(code, 1, output)
  const problems = output.split('\n').filter((line) => line.startsWith('- '))
  const expected = [
    ...[/stack token-proxy-named/, /reserves 41/, /sns:CreateTopic/],
    ...[/certificate for login\.example\.com .* \(EXPIRED\)/, /does not exist/],
  ]
  for (const [index, pattern] of expected.entries()) assert.match(problems[index] ?? '', pattern)
  assert.deepEqual(
    calls.filter((name) => changing.test(name)),
    [],
  )
})

test('without usable credentials, that is the one thing said', async (t) => {
  const { code, output, calls } = await deploy(t, { refused: ['GetCallerIdentity'] })
  assert.equal(code, 1)
  assert.match(output, /no usable AWS credentials for eu-central-1 \(AccessDenied\)/)
  assert.deepEqual([...new Set(calls)], ['GetCallerIdentity'])
})

test('a first deployment says what it creates, marks it, executes it, and checks it from outside', async (t) => {
  const { code, output, calls } = await deploy(t, {
    refused: ['SimulatePrincipalPolicy'],
    changes: toChangeXml('Add', 'AWS::SNS::Topic', 'AlarmPages'),
  })
  assert.match(output, /rights of these credentials could not be checked \(AccessDenied\)/)
  assert.match(output, /^- created: 1 topic$/m, `${output}\n${calls.join('\n')}`)
  assert.ok(calls.indexOf('PutMetricData') < calls.lastIndexOf('ExecuteChangeSet'))
  assert.deepEqual(
    calls.filter((name) => name.startsWith('unknown ')),
    [],
  )
  assert.match(output, /^address: +http:\/\/127\.0\.0\.1:1$/m)
  assert.match(output, /^dashboard: +https:\/\/eu-central-1\.console/m)
  // Nothing answers at that address.
  assert.match(output, /The stage is deployed, and the check from outside found/)
  assert.equal(code, 1)
})

test('a change set that replaces the HTTP API is deleted and not executed', async (t) => {
  const { code, output, calls } = await deploy(t, {
    stackStatus: 'UPDATE_COMPLETE',
    changes: toChangeXml('Modify', 'AWS::ApiGatewayV2::Api', 'HttpApi', 'True'),
  })
  assert.equal(code, 1)
  assert.match(output, /^! the HTTP API HttpApi is replaced: lost is its address/m)
  assert.match(output, /add --allow-replacement/)
  assert.ok(!calls.includes('ExecuteChangeSet') && !calls.includes('PutMetricData'))
  assert.ok(calls.lastIndexOf('DeleteChangeSet') > calls.indexOf('CreateChangeSet'))
})

test('the same change set is executed where the operator allows the loss', async (t) => {
  const { output, calls } = await deploy(
    t,
    {
      stackStatus: 'UPDATE_COMPLETE',
      changes: toChangeXml('Modify', 'AWS::ApiGatewayV2::Api', 'HttpApi', 'True'),
    },
    ...['--allow-replacement', '--skip-checks'],
  )
  assert.ok(calls.includes('ExecuteChangeSet'), output)
  assert.ok(!calls.includes('SimulatePrincipalPolicy'))
})

test('with an edge, the stage accepts the next key before the edge sends it, and nothing else learns that key', async (t) => {
  const digest = 'a'.repeat(64)
  const { output, calls, executed } = await deploy(
    t,
    {
      ...{ stackStatus: 'UPDATE_COMPLETE', digests: digest },
      edge: { EdgeKeyDigest: digest, ApiRegion: 'eu-central-1' },
    },
    ...['--stage', 'edged'],
  )
  const [stage, edge] = executed
  assert.deepEqual(
    executed.map(({ stack }) => stack),
    ['token-proxy-edged', 'token-proxy-edged-edge'],
    `${output}\n${calls.join('\n')}`,
  )
  const { EdgeKey: key = '', EdgeKeyDigest } = edge?.parameters ?? {}
  assert.equal(EdgeKeyDigest, createHash('sha256').update(key).digest('hex'))
  assert.deepEqual(stage?.parameters, { EdgeKeyDigests: `${digest},${EdgeKeyDigest}` })
  assert.match(output, /^address: +https:\/\/login\.example\.com$/m)
  assert.match(output, /^DNS: +login\.example\.com must lead to d111\.cloudfront\.net/m)
  assert.ok(!output.includes(key))
  const folder = join(project.folder, '.serverless')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  assert.ok(files.includes('edge-template.json'), files.join())
  for (const file of files) {
    assert.ok(!readFileSync(join(folder, file)).includes(key), file)
  }
})

test('a published version keeps its environment, so that other digests of edge keys make another version', async () => {
  const module = pathToFileURL(join(project.folder, 'tools', 'deployment.ts')).href
  const { readDeployment }: typeof import('../../tools/deployment.ts') = await import(module)
  const listVersions = (digests: string) => {
    process.env['DEPLOY_EDGE_KEY_DIGESTS'] = digests
    const { Resources } = readDeployment('edged').resources
    return Object.keys(Resources).filter((id) => Resources[id]?.Type === 'AWS::Lambda::Version')
  }
  try {
    const [versions, others] = ['a', 'b'].map(listVersions)
    assert.equal(versions?.length, 2)
    assert.ok(!versions?.some((id) => others?.includes(id)))
  } finally {
    delete process.env['DEPLOY_EDGE_KEY_DIGESTS']
  }
})

/** Gives the copied project a site of one page. */
function writeDocs(): void {
  const { folder } = project
  mkdirSync(join(folder, 'docs'), { recursive: true })
  writeFileSync(join(folder, 'docs', 'README.md'), '# Docs\n\nA page.\n')
  for (const name of ['SECURITY.md', 'CHANGELOG.md', join('local', 'front-end', 'page')]) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
}

test('a site that cannot be uploaded leaves the proxy deployed and checked, says what to do, and is published by that', async (t) => {
  writeDocs()
  project.writeStage('dev', { ...dev, site: true })
  const site = openSiteStore()
  site.refuse = 'PUT '
  const state = { stackStatus: 'UPDATE_COMPLETE', site }
  const { url, calls } = await openAwsAccount(t, state)
  const deployed = await runTool(url, ['package.ts', 'deploy', '--stage', 'dev'])
  assert.equal(deployed.code, 1)
  assert.match(
    deployed.output,
    /^The site could not be published \(AccessDenied\)\. The proxy .* works\.$/m,
  )
  assert.match(deployed.output, /publish it: npm run site -- --stage dev$/m)
  assert.match(deployed.output, /^address: +http:\/\/127\.0\.0\.1:1$/m)
  assert.ok(calls.includes('ExecuteChangeSet') && site.files.size === 0)
  site.refuse = undefined
  const published = await runTool(url, ['site.ts', '--stage', 'dev'])
  assert.equal(published.code, 0, published.output)
  assert.match(
    published.output,
    /^site: +https:\/\/d1\S+ \(\d+ files uploaded, 0 deleted, 0 unchanged\)$/m,
  )
  assert.match(String(site.files.get('index.html')?.body), /<h1 id="docs">Docs<\/h1>/)
})
