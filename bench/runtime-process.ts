// Stands in for the runtime of Lambda, whose own client is an addon that has to be compiled: it imports the handler as
// an ES module, asks for one event after the other, and posts the answers. Bundled by itself, like the cold process.
import { Agent, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { setClients } from './contestants/handler.ts'

const [host, port] = `${process.env['AWS_LAMBDA_RUNTIME_API']}`.split(':')
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
const root = '/2018-06-01/runtime/invocation'

setClients()
const { handler } = await import(process.argv[2] ?? '')
for (;;) {
  const { headers, body } = await ask('GET', 'next')
  const [id, arn] = ['aws-request-id', 'invoked-function-arn'].map((name) =>
    String(headers[`lambda-runtime-${name}`]),
  )
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms'])
  const answer = await handler(JSON.parse(body), {
    ...{ awsRequestId: id, invokedFunctionArn: arn, callbackWaitsForEmptyEventLoop: true },
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  })
  await ask('POST', `${id}/response`, JSON.stringify(answer))
}

async function ask(method: string, path: string, sent?: string) {
  const { promise, resolve, reject } = Promise.withResolvers<import('node:http').IncomingMessage>()
  const options = { host, port, agent, method, path: `${root}/${path}` }
  request(options, resolve).on('error', reject).end(sent)
  const response = await promise
  return { headers: response.headers, body: await text(response) }
}
