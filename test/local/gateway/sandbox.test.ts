import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { openTestGateway, send } from '../../fixtures/local/gateway-fixture.ts'

const counting = `let calls = 0
export const handler = async (event) => { calls += 1; return { calls } }`

// Answers once another call is under way as well, which takes a second sandbox.
const meeting = `
export const handler = async () => {
  const here = new BroadcastChannel('meeting')
  const met = new Promise((resolve) => { here.onmessage = resolve })
  const tick = setInterval(() => here.postMessage(1), 5)
  await met
  here.postMessage(1)
  clearInterval(tick)
  here.close()
  return 'met'
}`

test('a warm sandbox keeps its module state from call to call', async (t) => {
  const { url, sandboxes } = await openTestGateway(t, counting)
  assert.equal((await send(url)).text, '{"calls":1}')
  assert.equal((await send(url)).text, '{"calls":2}')
  assert.equal(sandboxes(), 1)
})

test('a call at the same time starts another sandbox', async (t) => {
  const { url, sandboxes } = await openTestGateway(t, meeting)
  const replies = await Promise.all([send(url), send(url)])
  assert.deepEqual(
    replies.map(({ text }) => text),
    ['met', 'met'],
  )
  assert.equal(sandboxes(), 2)
})

test('a call beyond the concurrency is answered 503', async (t) => {
  const { url } = await openTestGateway(t, 'export const handler = () => new Promise(() => {})', {
    concurrency: 1,
    functionTimeoutSeconds: 0.5,
  })
  const replies = await Promise.all([send(url), send(url)])
  assert.deepEqual(replies.map(({ status }) => status).sort(), [500, 503])
})

test('a burst of 40 cold calls starts a few sandboxes at a time, and all are served', async (t) => {
  const { url, sandboxes, lines } = await openTestGateway(
    t,
    `console.log('start')
     await new Promise((resolve) => setTimeout(resolve, 50))
     console.log('ready')
     export const handler = async () => new Promise((resolve) => setTimeout(resolve, 20, 'ok'))`,
    { concurrency: 40 },
  )
  const replies = await Promise.all(Array.from({ length: 40 }, () => send(url)))
  assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200])
  assert.ok(sandboxes() <= 40)
  let starting = 0
  let most = 0
  for (const line of lines) {
    starting += line === 'start' ? 1 : -1
    most = Math.max(most, starting)
  }
  assert.equal(starting, 0)
  assert.ok(most > 1 && most <= 8, `${most} at once`)
})

test('closing lets no sandbox start that still waited for its turn', async (t) => {
  const gateway = await openTestGateway(
    t,
    `console.log('start')
     await new Promise(() => setInterval(() => {}, 1000))`,
    { concurrency: 40 },
  )
  const calls = Promise.allSettled(Array.from({ length: 12 }, () => send(gateway.url)))
  while (!gateway.lines.includes('start')) await setImmediate()
  await gateway.close()
  await calls
  assert.ok(gateway.lines.filter((line) => line === 'start').length <= 4)
  assert.equal(gateway.sandboxes(), 0)
})

test('a sandbox sees its own environment and what Lambda adds, and nothing of the process', async (t) => {
  process.env['GATEWAY_TEST_LEAK'] = '1'
  t.after(() => delete process.env['GATEWAY_TEST_LEAK'])
  const { url } = await openTestGateway(
    t,
    'export const handler = async () => ({ ...process.env })',
    {
      env: { SETTING: 'x', AWS_REGION: 'eu-west-1' },
    },
  )
  const env = JSON.parse((await send(url)).text)
  assert.equal(env.SETTING, 'x')
  assert.equal(env.AWS_REGION, 'eu-west-1')
  assert.equal(env.AWS_LAMBDA_FUNCTION_NAME, 'oauth2')
  assert.equal(env.AWS_EXECUTION_ENV, 'AWS_Lambda_nodejs24.x')
  assert.equal(env._HANDLER, 'oauth2.handler')
  assert.ok(env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY && env.LAMBDA_TASK_ROOT)
  assert.equal(env.GATEWAY_TEST_LEAK, undefined)
  assert.equal(env.PATH, undefined)
})

test('a context is that of Lambda, with a remaining time that runs down', async (t) => {
  const { url } = await openTestGateway(
    t,
    `export const handler = async (event, context) => {
       const first = context.getRemainingTimeInMillis()
       await new Promise((resolve) => setTimeout(resolve, 30))
       return { ...context, first, second: context.getRemainingTimeInMillis() }
     }`,
    { functionTimeoutSeconds: 300 },
  )
  const context = JSON.parse((await send(url)).text)
  assert.match(context.awsRequestId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  assert.equal(context.functionName, 'oauth2')
  assert.equal(context.functionVersion, '$LATEST')
  assert.match(context.invokedFunctionArn, /^arn:aws:lambda:[a-z0-9-]+:\d{12}:function:oauth2$/)
  assert.equal(context.memoryLimitInMB, '512')
  assert.equal(context.logGroupName, '/aws/lambda/oauth2')
  assert.match(context.logStreamName, /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)
  assert.ok(context.first <= 300_000 && context.first > 150_000, String(context.first))
  assert.ok(context.first - context.second >= 25)
})

test('a timed-out sandbox is ended, answered 500 and said so in a line', async (t) => {
  for (const hang of ['await new Promise(() => {})', 'for (;;) {}']) {
    const gateway = await openTestGateway(t, `export const handler = async () => { ${hang} }`, {
      functionTimeoutSeconds: 0.25,
    })
    const reply = await send(gateway.url)
    assert.deepEqual([reply.status, reply.text], [500, '{"message":"Internal Server Error"}'])
    assert.match(gateway.lines.join('\n'), / Task timed out after 0\.25 seconds$/)
    assert.equal(gateway.sandboxes(), 0)
  }
})

test('a function slower than the integration limit is answered 503', async (t) => {
  const { url } = await openTestGateway(t, 'export const handler = () => new Promise(() => {})', {
    integrationTimeoutSeconds: 0.1,
  })
  const reply = await send(url)
  assert.deepEqual([reply.status, reply.text], [503, '{"message":"Service Unavailable"}'])
})

test('a throw is answered 500 with a line, and the sandbox stays', async (t) => {
  const gateway = await openTestGateway(
    t,
    `export const handler = async () => { throw new TypeError('x') }`,
  )
  const reply = await send(gateway.url)
  assert.deepEqual([reply.status, reply.text], [500, '{"message":"Internal Server Error"}'])
  assert.match(
    gateway.lines[0] ?? '',
    /\tERROR\tInvoke Error\t\{"errorType":"TypeError","errorMessage":"x"/,
  )
  assert.equal(gateway.lines.length, 1)
  assert.equal(gateway.sandboxes(), 1)
})

test('a function that cannot be loaded, or ends its process, is answered 500 each time', async (t) => {
  for (const source of [
    `import './missing.mjs'`,
    'export const other = 1',
    'export const handler = () => process.exit(3)',
    `export const handler = () => new Promise(() => { setTimeout(() => { throw new Error('x') }) })`,
  ]) {
    const gateway = await openTestGateway(t, source)
    assert.equal((await send(gateway.url)).status, 500)
    assert.equal((await send(gateway.url)).status, 500)
    assert.equal(gateway.sandboxes(), 0)
    await gateway.close()
    assert.equal(gateway.lines.length, 2, source)
  }
})

test('what a function writes comes line by line and unchanged, before its answer', async (t) => {
  const gateway = await openTestGateway(
    t,
    `export const handler = async () => {
       console.log('one\\r\\u2028\\u001b[1m é')
       process.stdout.write('tw')
       process.stdout.write('o\\n\\n')
       for (let at = 0; at < 1000; at += 1) console.log('line ' + at)
       console.error('wrong')
       return 'ok'
     }`,
  )
  await send(gateway.url)
  const written = gateway.lines.filter((line) => line !== 'wrong')
  assert.deepEqual(written.slice(0, 4), ['one\r\u2028\u001b[1m é', 'two', '', 'line 0'])
  assert.equal(written.length, 1003)
  assert.ok(gateway.lines.includes('wrong'))
})

test('closing hands on a last line that was not ended', async (t) => {
  const gateway = await openTestGateway(
    t,
    `export const handler = async () => { process.stdout.write('no end'); return 'ok' }`,
  )
  await send(gateway.url)
  await gateway.close()
  assert.deepEqual(gateway.lines, ['no end'])
})

// The second call says that it is under way, and ends once it is told to.
const patient = `let calls = 0
export const handler = async () => {
  calls += 1
  if (calls === 2) {
    const end = new BroadcastChannel('end')
    const told = new Promise((resolve) => { end.onmessage = resolve })
    console.log('under way')
    await told
    end.close()
  }
  return { calls }
}`

test('cooling down ends a busy sandbox once its call is done', async (t) => {
  const { url, lines, coolDown } = await openTestGateway(t, patient)
  assert.equal((await send(url)).text, '{"calls":1}')
  const busy = send(url)
  while (!lines.includes('under way')) await setImmediate()
  coolDown()
  const end = new BroadcastChannel('end')
  end.postMessage(1)
  end.close()
  assert.equal((await busy).text, '{"calls":2}')
  assert.equal((await send(url)).text, '{"calls":1}')
})
