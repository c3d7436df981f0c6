// The ways to deploy: osls, the plain template, and the construct of the CDK.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { parse as parseHcl } from '@cdktn/hcl2json'
import { plainTemplateFile } from '../../../infra/doors/plain.ts'
import { plainFolder } from '../../../tools/plain-door.ts'
import { type CdkApp, openCdkApp, synthesize, toStack } from '../../fixtures/infra/cdk-app.ts'
import { type Door, differences, normalize } from '../../fixtures/infra/door-differences.ts'
import { edgedFields } from '../../fixtures/infra/edged-stage.ts'
import { type PackagedStage, packageStages } from '../../fixtures/infra/packaged-stages.ts'
import { packageExample } from '../../fixtures/infra/packaging.ts'
import { isObject, type JsonObject } from '../../fixtures/infra/template-tree.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const guide = readFileSync(join(root, 'docs', 'deploy.md'), 'utf8')
const cdk: typeof import('aws-cdk-lib/core') = createRequire(import.meta.url)('aws-cdk-lib/core')

type Way = 'osls' | 'plain' | 'cdk'

let app: CdkApp
/** The three templates of each stage, by its name. */
let stages: readonly (readonly [name: string, doors: Readonly<Record<Way, Door>>])[]
before(async () => {
  const packaged = await packageStages()
  app = await openCdkApp()
  stages = Object.entries(packaged).map(([name, stage]) => [name, toDoors(name, stage)])
})
after(() => app.remove())

function toDoors(name: string, stage: PackagedStage): Readonly<Record<Way, Door>> {
  const own = { ids: new Map(), stackName: `token-proxy-${name}` }
  return {
    osls: { ...own, template: stage.template as JsonObject },
    plain: { ...own, template: stage.plain as JsonObject },
    cdk: toCdkDoor(name, stage),
  }
}

/** Synthesizes a stage, and finds which resource of the app is which of the template. */
function toCdkDoor(name: string, { fields, plain }: PackagedStage): Door {
  const stack = toStack()
  const proxy = new app.construct.TokenProxy(stack, 'TokenProxy', {
    ...{ name, stage: Object(fields), edgeKeyDigests: '' },
  })
  const included = Object(proxy.node.findChild('Stack'))
  const toOwn = (section: string, get: (id: string) => unknown) =>
    Object.keys(toSection(plain as JsonObject, section)).map(
      (id) => [String(stack.resolve(Object(get(id)).logicalId)), id] as const,
    )
  return {
    template: synthesize(stack),
    ids: new Map([
      ...toOwn('Resources', (id) => proxy.getResource(id)),
      ...toOwn('Outputs', (id) => included.getOutput(id)),
    ]),
    stackName: `token-proxy-${name}`,
  }
}

function toSection(template: JsonObject, section: string): JsonObject {
  const found = template[section] ?? {}
  return isObject(found) ? found : {}
}

test('osls, the plain template and the construct make the same resources of every stage', () => {
  for (const [name, { osls, plain, cdk }] of stages) {
    const expected = normalize(osls)
    assert.deepEqual(normalize(plain), expected, name)
    assert.deepEqual(normalize(cdk), expected, name)
  }
})

test('each difference that is allowed between the ways is there', () => {
  for (const difference of Object.keys(differences)) {
    const isNeeded = stages.some(([, { osls, plain, cdk }]) => {
      const expected = normalize(osls, difference)
      return [plain, cdk].some((door) => !isDeepStrictEqual(normalize(door, difference), expected))
    })
    assert.ok(isNeeded, difference)
  }
})

test('each zip beside the plain template is named after its content, and the template asks for it', async () => {
  const { folder } = await packageExample()
  const plain = join(folder, plainFolder)
  const template = readFileSync(join(plain, plainTemplateFile), 'utf8')
  const zips = readdirSync(plain).filter((file) => file !== plainTemplateFile)
  assert.equal(zips.length, 3)
  for (const zip of zips) {
    const digest = createHash('sha256')
      .update(readFileSync(join(plain, zip)))
      .digest('hex')
    assert.equal(zip.split('-')[1], `${digest.slice(0, 16)}.zip`)
    assert.ok(template.includes(`\${CodePrefix}${zip}`), zip)
  }
})

test("Terraform's ten lines upload the plain folder, and give the template every parameter that it needs", async () => {
  const [snippet = ''] = fencesOf('hcl')
  const { locals, resource } = await parseHcl('guide.tf', snippet)
  assert.deepEqual(locals, [{ package: `\${path.module}/${plainFolder}` }])
  const [{ for_each, ...object }] = resource.aws_s3_object.token_proxy
  assert.equal(for_each, `\${fileset(local.package, "*")}`)
  const [stack] = resource.aws_cloudformation_stack.token_proxy
  assert.deepEqual(stack.capabilities, ['CAPABILITY_IAM'])
  assert.equal(stack.name, 'token-proxy-dev')
  assert.ok(
    stack.template_url.includes(`/\${aws_s3_object.token_proxy["${plainTemplateFile}"].key}`),
  )
  const [, { plain } = assert.fail()] = stages[0] ?? assert.fail()
  const parameters = Object.keys(toSection(plain.template, 'Parameters'))
  assert.deepEqual(Object.keys(stack.parameters).sort(), parameters.sort())
  assert.equal(stack.parameters.CodeBucket, object.bucket)
})

test('the calls of the AWS CLI give the template every parameter, and stay within its limits', () => {
  const calls = fencesOf('sh').find((text) => text.startsWith('aws s3 cp')) ?? ''
  const given = [...calls.matchAll(/(\w+)=(?:BUCKET|token-proxy\/)/g)].map(([, name]) => name)
  const [, { plain } = assert.fail()] = stages[0] ?? assert.fail()
  assert.deepEqual(given, Object.keys(toSection(plain.template, 'Parameters')))
  const text = JSON.stringify(plain.template)
  assert.ok(Buffer.byteLength(text) > 51_200, 'so that --s3-bucket is needed')
  // A role with a name of its own needs another capability.
  assert.doesNotMatch(text, /"RoleName"|"PolicyName":"[^"]+","Roles"/)
})

test('the url of the construct is where front ends call, with the base path and through the edge', () => {
  for (const [changes, url] of [
    [{ ...edgedFields, domainBasePath: 'v1/auth' }, `https://${edgedFields['domainName']}/v1/auth`],
    [{ ...edgedFields, edge: 'required' }, `https://${edgedFields['edgeDomainName']}`],
  ] as const) {
    const props = { name: 'dev', stage: Object(changes), edgeKeyDigests: 'a'.repeat(64) }
    assert.equal(new app.construct.TokenProxy(toStack(), 'TokenProxy', props).url, url)
  }
})

test('the app of the guide for the CDK is synthesized with what it adds itself', async () => {
  const [snippet = ''] = fencesOf('ts')
  const { stack } = await app.run('guide.ts', `${snippet}export { stack }\n`)
  assert.ok(stack instanceof cdk.Stack)
  const template = synthesize(stack)
  const outputs = JSON.stringify(template['Outputs'])
  assert.match(outputs, /"TokenEndpoint":\{"Value":\{"Fn::Join":.*"\/oauth2\/token"/)
  const added = Object.values(toSection(template, 'Resources')).filter(
    (resource) => Object(resource)['Type'] === 'AWS::SNS::Subscription',
  )
  assert.equal(added.length, 1)
})

test('the types of the construct know every field of a stage, and no other', () => {
  const lines = [
    "import { TokenProxy, type TokenProxyProps } from 'token-proxy/cdk'",
    "export const right: TokenProxyProps = { name: 'a', stage: { clients: [], memoryMb: 1024 } }",
    'export const url = (proxy: TokenProxy): string => proxy.url',
  ]
  const wrong = [
    "export const unknown: TokenProxyProps = { name: 'a', stage: { clients: [], memory: 1024 } }",
    "export const text: TokenProxyProps = { name: 'a', stage: { clients: [], memoryMb: '1024' } }",
    "export const none: TokenProxyProps = { name: 'a', stage: {} }",
    "export const neither: TokenProxyProps = { name: 'a' }",
    'export const notText = (proxy: TokenProxy): number => proxy.url',
  ]
  writeFileSync(join(app.folder, 'types.ts'), [...lines, ...wrong].join('\n'))
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const flags = '--noEmit --strict --skipLibCheck --module nodenext --types'.split(' ')
  const { stdout } = spawnSync(process.execPath, [tsc, ...flags, 'node', 'types.ts'], {
    cwd: app.folder,
    encoding: 'utf8',
  })
  const refused = [...stdout.matchAll(/^types\.ts\((\d+),\d+\): error/gm)].map(([, line]) => line)
  assert.deepEqual(
    refused,
    wrong.map((_, index) => String(lines.length + 1 + index)),
    stdout,
  )
})

test('one stack has several stages, each with names of its own', () => {
  const stack = toStack()
  const { fields } = devStage
  const make = (name: string) =>
    new app.construct.TokenProxy(stack, `Proxy-${name}`, { name, stage: fields })
  make('one')
  const { dashboardName, functions } = make('two')
  assert.match(JSON.stringify(stack.resolve(dashboardName)), /"token-proxy-two-"/)
  assert.equal(functions.rotate, undefined)
  const text = JSON.stringify(synthesize(stack))
  for (const name of ['one', 'two']) assert.ok(text.includes(`"token-proxy-${name}-success-share"`))
  assert.throws(() => make('two'), /already there|already/)
})

const devStage = { fields: JSON.parse(readFileSync(join(root, 'stages', 'dev.json'), 'utf8')) }

test('a stage that cannot be deployed stops the synthesis with every problem', () => {
  const { Aws, Lazy } = cdk
  const [client] = devStage.fields.clients
  const make = (changes: object, region?: string, name = 'dev') => {
    const stack = toStack(region === undefined ? {} : { region })
    const stage = { ...devStage.fields, ...changes }
    return new app.construct.TokenProxy(stack, 'TokenProxy', { name, stage })
  }
  const userPoolId = Lazy.string({ produce: () => 'later' })
  const clients = [{ ...client, userPoolId }]
  assert.throws(() => make({ clients }), /- clients\.0\.userPoolId is only known after/)
  assert.throws(() => make({ region: Aws.REGION }), /- region is only known after/)
  assert.throws(() => make({ region: undefined }), /- region is missing/)
  assert.throws(() => make({ edge: 'required' }), /- edge/)
  assert.throws(() => make({ memoryMb: 1 }), /- memoryMb must be a whole number/)
  assert.throws(() => make({}, 'us-east-1'), /- region is eu-central-1, .* us-east-1/)
  assert.throws(() => make({}, 'eu-central-1', 'Dev'), /- name must consist of/)
  assert.doesNotThrow(() => make({}))
})

function fencesOf(language: string): readonly string[] {
  const fence = RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm')
  return [...guide.matchAll(fence)].map(([, text = '']) => text)
}
