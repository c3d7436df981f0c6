import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { ensureBuilt } from '../../local/built-functions.ts'
import { forwardLines } from '../../local/gateway/output-lines.ts'
import { assertLines } from '../record-schema.ts'

/** One call of the handler, with what no gateway would ever hand over. */
export interface Invocation {
  readonly event?: unknown
  /** What the context says is left of Lambda's own time; 15 s unless given. */
  readonly remainingMs?: number
  /** Something that throws when it is looked at: the event, or the context's clock. */
  readonly trap?: 'event' | 'first_clock_call'
}

/** What the handler gave, or what it threw. */
export type Invoked = { readonly answer: unknown } | { readonly thrown: string }

/** The built handler in a worker of its own. */
export interface DirectHandler {
  /** Calls the handler with all of these at once. */
  invoke(invocations: readonly Invocation[]): Promise<readonly Invoked[]>
  lines(): readonly string[]
  /** Ends it; throws where a line is not of the schema. */
  close(): Promise<void>
}

/** Loads the built function anew, with its environment, to call it without a gateway. */
export function openDirectHandler(env: Readonly<Record<string, string>>): DirectHandler {
  const worker = new Worker(new URL('./direct-handler-thread.ts', import.meta.url), {
    workerData: pathToFileURL(join(ensureBuilt(), 'oauth2.mjs')).href,
    env,
    stdout: true,
  })
  const lines: string[] = []
  const output = forwardLines(worker.stdout, (line) => lines.push(line))
  return {
    invoke: async (invocations) => {
      worker.postMessage(invocations)
      const [answers] = await once(worker, 'message')
      return answers
    },
    lines: () => lines,
    close: async () => {
      await worker.terminate()
      await output
      assertLines(lines)
    },
  }
}

/** The answer of a handler that did not throw. */
export function toAnswer(invoked: Invoked | undefined) {
  const answer = invoked !== undefined && 'answer' in invoked ? invoked.answer : undefined
  if (typeof answer !== 'object' || answer === null) throw new Error('the handler gave no answer')
  const { statusCode, headers, body }: Partial<Record<string, unknown>> = { ...answer }
  const fields: Record<string, unknown> = JSON.parse(String(body))
  return {
    status: Number(statusCode),
    headers: { ...(headers as Record<string, string>) },
    body: fields,
  }
}

/** An event as the HTTP API hands it over: a form POST with its body in base64. */
export function toEvent(body: string, overrides: Readonly<Record<string, unknown>> = {}) {
  return {
    version: '2.0',
    rawPath: '/oauth2/token',
    rawQueryString: '',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://app.example',
    },
    requestContext: { http: { method: 'POST' }, requestId: 'JKJaXmPLvHcESHA=' },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
    ...overrides,
  }
}
