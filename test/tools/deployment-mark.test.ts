import assert from 'node:assert/strict'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { markDeployment } from '../../tools/deployment-mark.ts'
import { openHttpServer } from '../fixtures/adapters/loopback-servers.ts'

const stage = { region: 'eu-central-1', service: 'token-proxy-dev' }
const mark = {
  Namespace: 'TokenProxy',
  MetricData: [
    {
      MetricName: 'Deployments',
      Dimensions: [{ Name: 'service', Value: 'token-proxy-dev' }],
      Unit: 'Count',
      Value: 1,
    },
  ],
}

interface Received {
  readonly target: string | undefined
  readonly authorization: string | undefined
  readonly body: string
}

/** Stands in for AWS: notes what it is asked, and answers everything with one status. */
async function openAws(t: TestContext, status: number) {
  const received: Received[] = []
  const { port } = await openHttpServer(t, async (request, response) => {
    const { 'x-amz-target': target, authorization } = request.headers
    received.push({ target: target?.toString(), authorization, body: await text(request) })
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end('{}')
  })
  return { url: `http://127.0.0.1:${port}`, received }
}

/** Puts the mark with the variables that an operator would have, and gives what was warned of. */
async function markAt(t: TestContext, url: string): Promise<readonly string[]> {
  const variables = {
    AWS_ENDPOINT_URL_CLOUDWATCH: url,
    AWS_ACCESS_KEY_ID: 'loopback',
    AWS_SECRET_ACCESS_KEY: 'loopback',
  }
  Object.assign(process.env, variables)
  t.after(() => {
    for (const name of Object.keys(variables)) delete process.env[name]
  })
  const warnings: string[] = []
  await markDeployment(stage, (sentence) => warnings.push(sentence))
  return warnings
}

test("a deployment is marked by one Deployments of the stage's service, in its Region", async (t) => {
  const aws = await openAws(t, 200)
  assert.deepEqual(await markAt(t, aws.url), [])
  const [call, ...others] = aws.received
  assert.equal(others.length, 0)
  assert.match(call?.target ?? '', /\.PutMetricData$/)
  assert.match(call?.authorization ?? '', /\/eu-central-1\/monitoring\//)
  assert.deepEqual(JSON.parse(call?.body ?? ''), mark)
})

test('a mark that AWS refuses is warned of and stops nothing', async (t) => {
  const aws = await openAws(t, 403)
  const [warning, ...others] = await markAt(t, aws.url)
  assert.equal(others.length, 0)
  assert.match(warning ?? '', /^the deployment could not be marked in CloudWatch \(\w+\)/)
})

test('a deployment mark that cannot be sent is a warning and stops nothing', async (t) => {
  const warnings = await markAt(t, 'http://127.0.0.1:1')
  assert.equal(warnings.length, 1)
})
