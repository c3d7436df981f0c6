import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { runScript } from '../fixtures/end-to-end/run-script.ts'
import { type AccountState, openAwsAccount, toChangeXml } from '../fixtures/infra/aws-account.ts'
import { toDeployOptions } from '../fixtures/infra/deploy-options.ts'
import { edgedFields } from '../fixtures/infra/edged-stage.ts'
import { copyProject, type ProjectCopy } from '../fixtures/infra/packaging.ts'
import { openSiteStore } from '../fixtures/infra/site-store.ts'
import { toEventXml } from '../fixtures/infra/stand-in-stacks.ts'

const root = join(import.meta.dirname, '..', '..')
const dev = JSON.parse(readFileSync(join(root, 'stages', 'dev.json'), 'utf8'))
let project: ProjectCopy
before(() => {
  project = copyProject()
  const domainCertificate = 'arn:aws:acm:eu-central-1:123456789012:certificate/1234abcd-12ab'
  project.writeStage('edged', { ...edgedFields, edge: 'required', gradualDeployment: true })
  project.writeStage('second', { replicaOf: 'dev', region: 'eu-west-1' })
  project.writeStage('named', { ...dev, domainName: 'login.example.com', domainCertificate })
})
after(() => project.remove())

const toWords = (...flags: readonly string[]) => [
  ...[join(project.folder, 'tools', 'package.ts'), 'deploy', '--stage', 'dev'],
  ...flags,
]

const toOptions = (url: string) => toDeployOptions(project.folder, url)

/** Deploys the example stage, or that of the last flag, into an account on loopback. */
async function deploy(t: TestContext, state: AccountState, ...flags: readonly string[]) {
  const account = await openAwsAccount(t, state)
  return { ...account, ...(await runTool(account.url, toWords(...flags))) }
}

/** Runs a script of the copied project with an account on loopback. */
async function runTool(url: string, words: readonly string[]) {
  const { status, stdout, stderr } = await runScript(words, toOptions(url))
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
  const second = await deploy(t, { hasSecrets: false }, '--stage', 'second')
  assert.match(second.output, /replicate-\S+ --region eu-central-1 .*=eu-west-1: it copies/)
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

test('a deployment that is ended half way says that CloudFormation goes on, and what to do', async (t) => {
  const status = 'UPDATE_IN_PROGRESS'
  const event = toEventXml('CREATE_COMPLETE', { id: 'One', type: 'AWS::IAM::Role' })
  const account = await openAwsAccount(t, {
    ...{ stackStatus: 'UPDATE_COMPLETE', changes: toChangeXml('Add', 'AWS::IAM::Role', 'One') },
    change: { status, events: [toEventXml(status), event] },
  })
  const child = spawn(process.execPath, toWords('--skip-checks'), toOptions(account.url))
  let output = ''
  // A terminal and `npm run` both send it.
  const end = () => [child.kill('SIGINT'), child.kill('SIGINT')]
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (/^created: role One\n$/m.test(output)) end()
    })
  }
  const [code] = await once(child, 'close')
  assert.match(output, /The command was ended\.\n- CloudFormation goes on with the stack/)
  assert.match(output, /wait stack-update-complete --region eu-central-1 --stack-name/)
  assert.equal(code, 1)
})

test('the way back is the package before the deployed one, at once, marked and checked', async (t) => {
  const [older, newer] = [1_790_000_000_000, 1_791_000_000_000].map(
    (ms) => `${ms}-${new Date(ms).toISOString()}`,
  )
  const { output, calls, bodies } = await deploy(
    t,
    {
      ...{
        stackStatus: 'UPDATE_COMPLETE',
        changes: toChangeXml('Modify', 'AWS::IAM::Role', 'One'),
      },
      packages: { names: [older ?? '', newer ?? ''], deployed: newer ?? '' },
      packagedTemplate: '{"Parameters":{"Shift":{}}}',
    },
    ...['--rollback', '--skip-checks'],
  )
  assert.match(output, /^going back to the package of 2026-09-21T/m)
  assert.match(output, /^- changed: 1 role$/m, output)
  const asked = new URLSearchParams(bodies.get('CreateChangeSet'))
  assert.match(asked.get('TemplateURL') ?? '', new RegExp(older ?? '?'))
  assert.equal(asked.get('Parameters.member.1.ParameterValue'), 'at-once')
  assert.ok(calls.indexOf('PutMetricData') < calls.indexOf('ExecuteChangeSet'))
  assert.match(output, /^address: /m)
})

test('where no package is older, nothing is changed', async (t) => {
  const { code, output, calls } = await deploy(
    t,
    {
      stackStatus: 'UPDATE_COMPLETE',
      packages: { names: [], deployed: '1790000000000-2026-09-21T14:13:20.000Z' },
    },
    ...['--rollback', '--skip-checks'],
  )
  assert.equal(code, 1)
  assert.match(output, /nothing was changed: no package is older than the deployed one/)
  assert.deepEqual(
    calls.filter((name) => changing.test(name)),
    [],
  )
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
  assert.deepEqual(stage?.parameters, {
    EdgeKeyDigests: `${digest},${EdgeKeyDigest}`,
    Shift: 'gradual',
  })
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
  const deployed = await runTool(url, toWords())
  assert.equal(deployed.code, 1)
  assert.match(
    deployed.output,
    /^The site could not be published \(AccessDenied\)\. The proxy .* works\.$/m,
  )
  assert.match(deployed.output, /publish it: npm run site -- --stage dev$/m)
  assert.match(deployed.output, /^address: +http:\/\/127\.0\.0\.1:1$/m)
  assert.ok(calls.includes('ExecuteChangeSet') && site.files.size === 0)
  site.refuse = undefined
  const published = await runTool(url, [
    ...[join(project.folder, 'tools', 'site.ts'), '--stage', 'dev'],
  ])
  assert.equal(published.code, 0, published.output)
  assert.match(
    published.output,
    /^site: +https:\/\/d1\S+ \(\d+ files uploaded, 0 deleted, 0 unchanged\)$/m,
  )
  assert.match(String(site.files.get('index.html')?.body), /<h1 id="docs">Docs<\/h1>/)
})
