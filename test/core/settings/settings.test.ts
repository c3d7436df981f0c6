import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Environment, parseSettings, type Settings } from '../../../core/settings/settings.ts'
import { numberSettings, textSettings } from '../../../core/settings/table.ts'
import { leastClientFields, toClient } from '../../fixtures/core/sample-client.ts'

const least = { TOKEN_PROXY_CLIENTS: JSON.stringify([leastClientFields]) }

function parseGood(environment: Environment): Settings {
  const parsed = parseSettings({ ...least, ...environment })
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.problems.join('\n'))
  return parsed.settings
}

function toProblems(environment: Environment): readonly string[] {
  const parsed = parseSettings({ ...least, ...environment })
  return parsed.ok ? [] : parsed.problems
}

test('fills in every default', () => {
  const { clients, ...rest } = parseGood({})
  assert.deepEqual([...clients], [['client1', toClient()]])
  assert.deepEqual(rest, {
    deadlineMs: 10_000,
    deadlineMarginMs: 500,
    connectTimeoutMs: 2000,
    idleConnectionMs: 4000,
    secretTimeoutMs: 3000,
    secretSoftAgeSeconds: 300,
    secretHardAgeSeconds: 86_400,
    secretRefetchCooldownSeconds: 30,
    cookieMaxAgeSeconds: 2_592_000,
    mostInFlight: 200,
    service: 'token-proxy',
    runbookUrl: '',
    evidenceTable: '',
    publicUrl: '',
    cookieKeySecret: '',
    edgeKeyDigests: '',
    watch: 'full',
  })
})

test('finds a client by its id alone, and none under __proto__', () => {
  const { clients } = parseGood({})
  for (const name of ['__proto__', 'constructor', 'toString', 'shop', '']) {
    assert.equal(clients.get(name), undefined)
  }
})

test('takes several clients of several pools', () => {
  const blog = { ...leastClientFields, name: 'blog', clientId: 'client2' }
  const { clients } = parseGood({
    TOKEN_PROXY_CLIENTS: JSON.stringify([leastClientFields, blog]),
  })
  assert.deepEqual([...clients.keys()], ['client1', 'client2'])
  assert.equal(clients.get('client2')?.name, 'blog')
})

for (const [name, setting] of Object.entries(numberSettings)) {
  const { variable, byDefault, least: lowest, most } = setting
  const key = name as keyof typeof numberSettings
  const rule = `${variable} must be a whole number from ${lowest} to ${most}`
  // The hard age is held to the soft age, too: the shortest soft age leaves the bounds to themselves.
  const soft = key === 'secretSoftAgeSeconds' ? {} : { TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS: '1' }

  test(`${variable} may be ${lowest} to ${most}, both ends included`, () => {
    assert.equal(parseGood({ ...soft, [variable]: `${lowest}` })[key], lowest)
    assert.equal(parseGood({ ...soft, [variable]: `${most}` })[key], most)
  })

  test(`${variable} is ${byDefault} where it is empty`, () => {
    assert.equal(parseGood({ [variable]: '' })[key], byDefault)
    assert.equal(parseGood({ [variable]: undefined })[key], byDefault)
  })

  const wrong = [`${most + 1}`, `${lowest - 1}`, `${lowest}.5`, ' 60', '60 ', '1e3', '0x60', 'x']
  for (const text of [...wrong, '١', '60\n', '0000000060', 'NaN', '-60', '+60']) {
    test(`${variable} refuses ${JSON.stringify(text)}`, () => {
      assert.deepEqual(toProblems({ [variable]: text }), [rule])
    })
  }
}

test('a whole number may begin with zeros, up to nine digits', () => {
  assert.equal(parseGood({ TOKEN_PROXY_DEADLINE_MS: '000001000' }).deadlineMs, 1000)
})

test('the hard age may equal the soft age, and not be less', () => {
  const rule = 'TOKEN_PROXY_SECRET_HARD_AGE_SECONDS must not be less than the soft age'
  const toAges = (soft: string, hard: string) => ({
    TOKEN_PROXY_SECRET_SOFT_AGE_SECONDS: soft,
    TOKEN_PROXY_SECRET_HARD_AGE_SECONDS: hard,
  })
  assert.deepEqual(toProblems(toAges('300', '300')), [])
  assert.deepEqual(toProblems(toAges('300', '299')), [rule])
  assert.deepEqual(toProblems(toAges('301', '300')), [rule])
})

for (const service of ['a', 'token-proxy', 'a1-', `a${'b'.repeat(31)}`]) {
  test(`takes the service ${service}`, () => {
    assert.equal(parseGood({ TOKEN_PROXY_SERVICE: service }).service, service)
  })
}

for (const service of ['A', '1a', '-a', 'a_b', 'a b', 'a\n', ' a', `a${'b'.repeat(32)}`]) {
  test(`refuses the service ${JSON.stringify(service)}`, () => {
    assert.deepEqual(toProblems({ TOKEN_PROXY_SERVICE: service }), [
      `TOKEN_PROXY_SERVICE must be ${textSettings.service.form}`,
    ])
  })
}

test('takes an empty service and an empty runbook address as absent', () => {
  const { service, runbookUrl } = parseGood({
    TOKEN_PROXY_SERVICE: '',
    TOKEN_PROXY_RUNBOOK_URL: '',
  })
  assert.equal(service, 'token-proxy')
  assert.equal(runbookUrl, '')
})

test('takes an https runbook address without query or fragment', () => {
  const runbookUrl = 'https://docs.example.com/runbook'
  assert.equal(parseGood({ TOKEN_PROXY_RUNBOOK_URL: runbookUrl }).runbookUrl, runbookUrl)
  for (const text of ['http://docs.example.com', `${runbookUrl}#x`, `${runbookUrl}?x`, 'x']) {
    assert.deepEqual(toProblems({ TOKEN_PROXY_RUNBOOK_URL: text }), [
      `TOKEN_PROXY_RUNBOOK_URL must be ${textSettings.runbookUrl.form}`,
    ])
  }
})

test('takes a runbook address of 256 characters, and none of more', () => {
  const longest = `https://docs.example.com/${'r'.repeat(256 - 25)}`
  assert.equal(parseGood({ TOKEN_PROXY_RUNBOOK_URL: longest }).runbookUrl, longest)
  assert.deepEqual(toProblems({ TOKEN_PROXY_RUNBOOK_URL: `${longest}r` }), [
    `TOKEN_PROXY_RUNBOOK_URL must be ${textSettings.runbookUrl.form}`,
  ])
})

for (const name of ['', 'abc', 'token-proxy.evidence_1', 'A'.repeat(255)]) {
  test(`takes the evidence table ${JSON.stringify(name.slice(0, 30))} of ${name.length}`, () => {
    assert.equal(parseGood({ TOKEN_PROXY_EVIDENCE_TABLE: name }).evidenceTable, name)
  })
}

for (const name of ['ab', 'a b c', 'table/x', 'tablé', ' abc', 'abc\n', 'A'.repeat(256)]) {
  test(`refuses the evidence table ${JSON.stringify(name.slice(0, 30))} of ${name.length}`, () => {
    assert.deepEqual(toProblems({ TOKEN_PROXY_EVIDENCE_TABLE: name }), [
      `TOKEN_PROXY_EVIDENCE_TABLE must be ${textSettings.evidenceTable.form}`,
    ])
  })
}

const clientLists: readonly (readonly [string | undefined, string])[] = [
  [undefined, 'TOKEN_PROXY_CLIENTS is missing'],
  ['', 'TOKEN_PROXY_CLIENTS is missing'],
  [' \n', 'TOKEN_PROXY_CLIENTS is missing'],
  ['[', 'TOKEN_PROXY_CLIENTS must be a JSON array'],
  ['{}', 'TOKEN_PROXY_CLIENTS must be a JSON array'],
  ['"[]"', 'TOKEN_PROXY_CLIENTS must be a JSON array'],
  ['null', 'TOKEN_PROXY_CLIENTS must be a JSON array'],
  ['[]', 'TOKEN_PROXY_CLIENTS must not be empty'],
  ['[1]', 'TOKEN_PROXY_CLIENTS[0] must be an object'],
  ['[null]', 'TOKEN_PROXY_CLIENTS[0] must be an object'],
  ['[[]]', 'TOKEN_PROXY_CLIENTS[0] must be an object'],
]

for (const [text, problem] of clientLists) {
  test(`refuses ${JSON.stringify(text)} as the list of clients`, () => {
    assert.deepEqual(toProblems({ TOKEN_PROXY_CLIENTS: text }), [problem])
  })
}

test('refuses two clients of one name or of one id, at each that is not the first', () => {
  const other = { ...leastClientFields, name: 'blog', clientId: 'client2' }
  const list = [
    leastClientFields,
    { ...other, name: 'shop' },
    other,
    { ...other, name: 'wiki' },
    leastClientFields,
  ]
  assert.deepEqual(toProblems({ TOKEN_PROXY_CLIENTS: JSON.stringify(list) }), [
    'TOKEN_PROXY_CLIENTS[1].name is repeated',
    'TOKEN_PROXY_CLIENTS[4].name is repeated',
    'TOKEN_PROXY_CLIENTS[2].clientId is repeated',
    'TOKEN_PROXY_CLIENTS[3].clientId is repeated',
    'TOKEN_PROXY_CLIENTS[4].clientId is repeated',
  ])
})

test('names no repeat where the names are missing or are no objects', () => {
  const problems = toProblems({ TOKEN_PROXY_CLIENTS: '[{},{},1,2]' })
  assert.deepEqual(
    problems.filter((problem) => problem.includes('twice')),
    [],
  )
  assert.ok(problems.includes('TOKEN_PROXY_CLIENTS[3] must be an object'))
})

test('refuses a variable of its own that it does not know, and leaves all others alone', () => {
  assert.deepEqual(toProblems({ TOKEN_PROXY_CANARY: 'x' }), ['TOKEN_PROXY_CANARY is not known'])
  assert.deepEqual(toProblems({ TOKEN_PROXY_: 'x' }), ['TOKEN_PROXY_ is not known'])
  assert.deepEqual(toProblems({ token_proxy_x: 'x', MY_TOKEN_PROXY_X: 'x', PATH: 'x' }), [])
})

test('refuses an environment in which the runtime itself would be unsafe', () => {
  assert.deepEqual(toProblems({ NODE_OPTIONS: '--tls_keylog=/tmp/keys' }), [
    'NODE_OPTIONS must not have --tls-keylog: it weakens TLS, or shows what TLS hides',
  ])
})
