import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Field } from '../../core/settings/field.ts'
import { parseStage } from '../../infra/stage.ts'
import { stageFields } from '../../infra/stage-fields.ts'

const dev: Readonly<Record<string, unknown>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'stages', 'dev.json'), 'utf8'),
)

function problemsOf(value: unknown): readonly string[] {
  const parsed = parseStage(value)
  return parsed.ok ? [] : parsed.problems
}

test('a stage of a region and clients gets a safe default for everything else', () => {
  const parsed = parseStage({ region: 'us-gov-west-1', clients: dev['clients'] })
  assert.ok(parsed.ok)
  const { environment, settings, ...own } = parsed.stage
  assert.deepEqual(own, {
    name: '',
    region: 'us-gov-west-1',
    ...{ replicaOf: undefined, domainFailover: false },
    logRetentionDays: 30,
    memoryMb: 512,
    reservedConcurrency: 20,
    gradualDeployment: false,
    provisionedConcurrency: 0,
    evidenceTable: false,
    diagnoseDomain: false,
    doctorSchedule: true,
    rotateSecretsDays: 0,
    rotationWindowHours: 3,
    endOverlap: 'hourly',
    secretsKmsKey: undefined,
    logsKmsKey: undefined,
    evidenceTableKmsKey: undefined,
    topicsKmsKey: undefined,
    environmentKmsKey: undefined,
    permissionsBoundary: undefined,
    rolePath: undefined,
    tags: {},
    domainName: undefined,
    domainCertificate: undefined,
    domainBasePath: undefined,
    domainHostedZone: undefined,
    disableExecuteApiEndpoint: false,
    edge: 'off',
    edgeDomainName: undefined,
    edgeCertificate: undefined,
    edgeHostedZone: undefined,
    edgeRequestsPerFiveMinutes: 2000,
    edgePriceClass: 'PriceClass_100',
    edgeHttp: 'refuse',
    cognitoUserAuthenticationPerSecond: 120,
    cognitoCodeExchangesPerSecond: 120,
    corsHeaders: [],
    canaryEveryMinutes: 0,
    alarmEmails: [],
    site: false,
  })
  assert.deepEqual(Object.keys(environment), ['NODE_OPTIONS', 'TOKEN_PROXY_CLIENTS'])
  assert.equal(settings.clients.size, 2)
})

test('every setting of the functions can be named in a stage, and becomes its variable', () => {
  const parsed = parseStage({
    ...dev,
    runbookUrl: 'https://runbook.example.com/token-proxy',
    deadlineMs: 8000,
    service: 'sign-in',
  })
  assert.ok(parsed.ok)
  assert.equal(parsed.stage.environment['TOKEN_PROXY_DEADLINE_MS'], '8000')
  assert.equal(parsed.stage.settings.deadlineMs, 8000)
  assert.equal(parsed.stage.settings.service, 'sign-in')
  assert.equal(
    parsed.stage.environment['TOKEN_PROXY_RUNBOOK_URL'],
    'https://runbook.example.com/token-proxy',
  )
})

test('a bad stage names every problem at once, its own and those the functions would find', () => {
  const problems = problemsOf({
    region: 'Frankfurt',
    logRetentionDays: 31,
    memoryMb: 127,
    reservedConcurrency: 1.5,
    deadlineMs: 1,
    service: true,
    evidenceTable: 'token-proxy-evidence',
    diagnoseDomain: 1,
    doctorSchedule: 'off',
    alarmEmails: ['ops@example.com', 'somebody'],
    corsHeaders: ['x-own', 'X-Own', '*', 'x-token-proxy-edge-key'],
    colour: 'red',
    clients: [{ name: 'web', origins: ['*'] }],
  })
  for (const wanted of [
    /^colour is not known$/,
    /^region must name an AWS Region$/,
    /^logRetentionDays must be one of 1, 3, /,
    /^memoryMb must be a whole number from 128 to 10240$/,
    /^reservedConcurrency must be a whole number from 1 to 1000$/,
    /^service must be a number or a text$/,
    /^evidenceTable must be true or false$/,
    /^diagnoseDomain must be true or false$/,
    /^doctorSchedule must be true or false$/,
    /^corsHeaders\[1\] must be the name of a header in lower case$/,
    /^corsHeaders\[2\] must be the name of a header in lower case$/,
    /^corsHeaders\[3\] must be the name of a header in lower case$/,
    /^alarmEmails must be a list of e-mail addresses$/,
    /^TOKEN_PROXY_DEADLINE_MS must be a whole number from 500 to /,
    /^TOKEN_PROXY_CLIENTS\[0\]\.clientId is missing$/,
    /^TOKEN_PROXY_CLIENTS\[0\]\.origins\[0\] must be /,
  ]) {
    assert.equal(problems.filter((problem) => wanted.test(problem)).length, 1, String(wanted))
  }
})

test('a setting of another type is one problem, and no rule makes more of it', () => {
  const [first] = Array.isArray(dev['clients']) ? dev['clients'] : []
  const clients = [{ ...first, refreshToken: 'cookie', allowNoOrigin: false }]
  const least = { region: 'eu-central-1', clients, cookieKeySecret: 'key' }
  assert.deepEqual(problemsOf({ ...least, publicUrl: ['https://login.example.com'] }), [
    'publicUrl must be a number or a text',
  ])
})

test('a stage without a Region and clients says that they are missing', () => {
  assert.deepEqual(problemsOf({}), ['region is missing', 'TOKEN_PROXY_CLIENTS is missing'])
})

test('every field of the stack is explained, and is its default where it is left out', () => {
  for (const [name, field] of Object.entries<Field<unknown>>(stageFields)) {
    assert.match(field.meaning, /^[A-Z].{15,}\.$/, name)
    const value = field.required ? undefined : field.parse(undefined, assert.fail)
    assert.deepEqual(value, field.byDefault, name)
  }
})

test('the name of a stage tells its metrics from those of others, unless the stage says otherwise', () => {
  const toService = (fields: unknown, name: string) => {
    const parsed = parseStage(fields, name)
    assert.ok(parsed.ok)
    const { environment, settings } = parsed.stage
    assert.equal(environment['TOKEN_PROXY_SERVICE'] ?? 'token-proxy', settings.service)
    return settings.service
  }
  assert.equal(toService(dev, 'prod'), 'token-proxy-prod')
  assert.equal(toService(dev, ''), 'token-proxy')
  assert.equal(toService({ ...dev, service: 'sign-in' }, 'prod'), 'sign-in')
})

test('a stage with a name too long for its metrics must set a name for them', () => {
  const parsed = parseStage(dev, 'a'.repeat(21))
  assert.ok(!parsed.ok)
  assert.match(
    parsed.problems.join(),
    /^TOKEN_PROXY_SERVICE must be a lower-case letter, then up to 31 /,
  )
  assert.equal(parseStage({ ...dev, service: 'sign-in' }, 'a'.repeat(21)).ok, true)
})

test('an e-mail address that is listed several times is subscribed once', () => {
  const parsed = parseStage({
    ...dev,
    alarmEmails: ['a@example.com', 'b@example.com', 'a@example.com'],
  })
  assert.ok(parsed.ok)
  assert.deepEqual(parsed.stage.alarmEmails, ['a@example.com', 'b@example.com'])
  assert.deepEqual(problemsOf({ ...dev, alarmEmails: 'a@example.com' }).length, 1)
})

test('a bound of a number is itself allowed', () => {
  for (const bound of [{ memoryMb: 128, reservedConcurrency: 1 }, { memoryMb: 10_240 }]) {
    assert.deepEqual(problemsOf({ ...dev, ...bound }), [])
  }
  assert.equal(problemsOf({ ...dev, reservedConcurrency: 1001 }).length, 1)
})

test("settings that exceed Lambda's room for variables are refused before AWS refuses them", () => {
  const origins = Array.from(
    { length: 200 },
    (_, index) => `https://front-end-${index}.example.com`,
  )
  const [client] = dev['clients'] as readonly object[]
  assert.match(
    problemsOf({ ...dev, clients: [{ ...client, origins }] }).join(),
    /^the settings are \d+ bytes, and Lambda takes 4096$/,
  )
})

test('a switch of a stage changes the stack and no variable', () => {
  const switches = { evidenceTable: true, diagnoseDomain: true, doctorSchedule: false }
  const plain = parseStage(dev)
  const parsed = parseStage({ ...dev, ...switches })
  assert.ok(plain.ok && parsed.ok)
  assert.deepEqual(parsed.stage, { ...plain.stage, ...switches })
})

test('the address that AWS makes is switched off only where another one leads to the API', () => {
  const publicUrl = 'https://login.example.com'
  assert.deepEqual(problemsOf({ ...dev, disableExecuteApiEndpoint: true, publicUrl }), [])
  assert.deepEqual(problemsOf({ ...dev, publicUrl: '', disableExecuteApiEndpoint: true }), [
    'disableExecuteApiEndpoint needs domainName or publicUrl: without them, no address would lead to the API',
  ])
})

test('room for variables is kept for what only CloudFormation knows: the name of the table, the address of the site', () => {
  const [client] = dev['clients'] as readonly object[]
  const toStage = (count: number, later: object) => {
    const redirectUris = Array.from({ length: count }, (_, index) => `com.example.app:/${index}`)
    return { ...dev, clients: [{ ...client, redirectUris }], ...later }
  }
  let most = 1
  while (problemsOf(toStage(most + 1, {})).length === 0) most += 1
  for (const later of [{ evidenceTable: true }, { site: true }]) {
    assert.match(problemsOf(toStage(most, later)).join(), /^the settings are \d+ bytes/)
    assert.deepEqual(problemsOf(toStage(most - 10, later)), [])
  }
})

test('a stage that is no object or has no clients is refused', () => {
  for (const value of [null, [], 'dev']) {
    assert.deepEqual(problemsOf(value), ['the stage must be a JSON object'])
  }
  assert.deepEqual(problemsOf({ region: 'eu-central-1' }), ['TOKEN_PROXY_CLIENTS is missing'])
})
