import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { findRuntimeProblems, toOptionNames } from '../../../core/settings/runtime.ts'

/** Options of this Node.js that touch HTTP, TLS, debuggers, dumps or traces, and are harmless here. */
const harmless = new Set([
  ...['--tls-min-v1.2', '--tls-min-v1.3', '--tls-max-v1.2', '--tls-max-v1.3'],
  // Which certificate authorities to trust is the operator's choice.
  ...['--use-openssl-ca', '--use-bundled-ca', '--use-system-ca', '--allow-openssl-store'],
  ...['--http-parser', '--max-http-header-size', '--allow-inspector'],
  // They say how a report looks, and write none.
  ...['--report-compact', '--report-dir', '--report-directory', '--report-exclude-env'],
  ...['--report-exclude-network', '--report-filename', '--report-signal', '--experimental-report'],
  // They print or write names of functions, warnings and stacks, and no values.
  ...['--cpu-prof', '--cpu-prof-dir', '--cpu-prof-interval', '--cpu-prof-name'],
  ...['--heap-prof', '--heap-prof-dir', '--heap-prof-interval', '--heap-prof-name'],
  ...['--trace-env', '--trace-env-js-stack', '--trace-env-native-stack', '--trace-exit'],
  ...['--trace-deprecation', '--trace-event-file-pattern', '--trace-promises'],
  ...['--trace-require-module', '--trace-sigint', '--trace-sync-io', '--trace-uncaught'],
  ...['--trace-warnings', '--stack-trace-limit'],
])
const risky = /http|tls|ssl|inspect|debug-port|heapsnapshot|abort-on|report-|-prof|trace/
/** Test runners and V8 have options that only look alike. */
const others = /^--(?:no-|test-|perf-|prof-|disable-sigusr1|experimental-(?:inspector|abort))/

test('each Node.js option that may expose secrets is refused or known to be harmless', () => {
  const flags = [...process.allowedNodeEnvironmentFlags].filter(
    (flag) => risky.test(flag) && !others.test(flag) && !harmless.has(flag),
  )
  assert.ok(flags.length > 15)
  for (const flag of flags) {
    const [problem] = findRuntimeProblems({ NODE_OPTIONS: flag })
    assert.ok(problem?.startsWith(`NODE_OPTIONS must not have ${flag}: it `), flag)
  }
})

for (const spelling of [
  '--tls-keylog=/tmp/keys',
  '--tls_keylog=/tmp/keys',
  '--tls-keylog /tmp/keys',
  '"--tls-keylog=/tmp/keys"',
  '--tls"_key"log=/tmp/keys',
  '"--tls\\-keylog=/tmp/a b"',
  '-"-tls-keylog"=/tmp/keys',
  '--enable-source-maps  --tls_keylog=/tmp/keys',
]) {
  test(`refuses ${spelling}`, () => {
    assert.deepEqual(findRuntimeProblems({ NODE_OPTIONS: spelling }), [
      'NODE_OPTIONS must not have --tls-keylog: it weakens TLS, or shows what TLS hides',
    ])
  })
}

for (const spelling of [
  '--title=abc',
  '--title abc',
  '--ti"tle"=abc',
  '"--title=abc"',
  '"--ti\\tle=abc"',
  '-"-title"=abc',
  '"" --title=abc',
  '"a --title=abc"',
  'a --title=abc',
  '\t--title=abc',
  '"--title=abc',
]) {
  test(`reads ${JSON.stringify(spelling)} as Node.js does, or more strictly`, () => {
    const env = { ...process.env, NODE_OPTIONS: spelling }
    const { stdout } = spawnSync(process.execPath, ['-p', 'process.title'], { env })
    const isTaken = stdout.toString().trim() === 'abc'
    const isSeen = toOptionNames(spelling).includes('--title')
    assert.ok(isSeen || !isTaken)
  })
}

test('names each option once, however often it is there', () => {
  const text = '--inspect --inspect=0 --inspect_port=1'
  assert.deepEqual(
    findRuntimeProblems({ NODE_OPTIONS: text }),
    ['--inspect', '--inspect-port'].map(
      (name) => `NODE_OPTIONS must not have ${name}: it lets a debugger in`,
    ),
  )
})

test('leaves all other options alone', () => {
  for (const text of [
    '',
    undefined,
    '--enable-source-maps',
    '--disable-proto=delete --import=/tls-keylog.mjs',
    '--title=--tls-keylog',
    '--no-insecure-http-parser',
  ]) {
    assert.deepEqual(findRuntimeProblems({ NODE_OPTIONS: text }), [])
  }
})

for (const name of ['NODE_DEBUG', 'NODE_DEBUG_NATIVE', 'SSLKEYLOGFILE', 'OPENSSL_CONF']) {
  test(`refuses ${name}, unless it is empty`, () => {
    const [problem, ...more] = findRuntimeProblems({ [name]: 'canary' })
    assert.match(problem ?? '', new RegExp(`^${name} must not be set: it `))
    assert.ok(!problem?.includes('canary'))
    assert.deepEqual(more, [])
    assert.deepEqual(findRuntimeProblems({ [name]: '' }), [])
  })
}

test('refuses to run with certificate checks turned off', () => {
  assert.deepEqual(findRuntimeProblems({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }), [
    'NODE_TLS_REJECT_UNAUTHORIZED must not be 0: certificates are always checked',
  ])
  for (const text of ['1', '', undefined]) {
    assert.deepEqual(findRuntimeProblems({ NODE_TLS_REJECT_UNAUTHORIZED: text }), [])
  }
})

test('takes another endpoint of AWS by https, or on a loopback host', () => {
  const problem =
    'a variable that starts with AWS_ENDPOINT_URL must be https, or http on a loopback host'
  for (const name of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_SECRETS_MANAGER']) {
    for (const url of ['http://a.example', '', undefined, 'a.example', 'https://u@a.example']) {
      assert.deepEqual(findRuntimeProblems({ [name]: url }), [problem])
    }
    for (const url of ['https://a.example', 'http://127.0.0.1:4000', 'http://localhost:4000']) {
      assert.deepEqual(findRuntimeProblems({ [name]: url }), [])
    }
  }
})
