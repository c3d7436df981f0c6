import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** The API by which Lambda hands events to the runtime of a sandbox, for one sandbox after the other. */
export interface RuntimeApi {
  /** The value of `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string
  /** Hands an event over as soon as the runtime asks for one, and waits for what the handler answers. */
  readonly invoke: (event: unknown) => Promise<Answered>
  readonly close: () => void
}

/** What came back for an event. */
export interface Answered {
  readonly statusCode: number
  /** From when the runtime was given the event. */
  readonly tookMs: number
}

const path = /^\/2018-06-01\/runtime\/(?:invocation\/(?:(next)|([\w-]+)\/response))$/
const functionArn = 'arn:aws:lambda:eu-central-1:123456789012:function:token-proxy-bench-oauth2'
const timeoutMs = 15_000

/**
 * Opens the API on loopback.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function openRuntimeApi(): Promise<RuntimeApi> {
  let next = Promise.withResolvers<ServerResponse>()
  const waiting = new Map<string, (body: string) => void>()
  const server = createServer(async (request, response) => {
    const [, isNext, id = ''] = path.exec(request.url ?? '') ?? []
    if (isNext !== undefined) return next.resolve(response)
    const body = await text(request)
    response.writeHead(202).end()
    // Whatever is no answer is an error of the runtime or of the handler.
    waiting.get(id)?.(id === '' ? '{}' : body)
  })
  server.keepAliveTimeout = 600_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `127.0.0.1:${port}`,
    invoke: async (event) => {
      const asking = await next.promise
      next = Promise.withResolvers()
      const id = randomUUID()
      const { promise, resolve } = Promise.withResolvers<string>()
      waiting.set(id, resolve)
      asking.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': id,
        'lambda-runtime-deadline-ms': `${Date.now() + timeoutMs}`,
        'lambda-runtime-invoked-function-arn': functionArn,
      })
      const startedAtMs = performance.now()
      asking.end(JSON.stringify(event))
      const { statusCode = 0 }: { readonly statusCode?: number } = JSON.parse(await promise)
      waiting.delete(id)
      return { statusCode, tookMs: performance.now() - startedAtMs }
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
