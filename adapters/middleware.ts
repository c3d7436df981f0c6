import type { MiddlewareObj, Request } from '@middy/core'
import { toGatewayEvent } from '../core/gateway-event.ts'
import type { HttpAnswer } from '../core/http-answer.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Shell } from './shell.ts'
import { type LambdaContext, toFailed } from './token-endpoint.ts'

/** The handler gives an outcome; on its way out it becomes an answer. */
type Response<Value> = Outcome<Value> | HttpAnswer
type Middleware<Value> = MiddlewareObj<unknown, Response<Value>, Error, LambdaContext>
type Call<Value> = Request<unknown, Response<Value>, Error, LambdaContext>

/**
 * Writes the outcome as the answer of the HTTP API; the outermost of all, so that nothing follows it.
 *
 * @param toAnswer words what this function answers
 */
export function httpAnswer<Value>(
  shell: Shell,
  toAnswer: (outcome: Outcome<Value>, requestId: string, runbookUrl: string) => HttpAnswer,
): Middleware<Value> {
  const answer = (call: Call<Value>) => {
    call.response = toAnswer(toOutcome(call), toRequestId(call), shell.runbookUrl)
  }
  return { after: answer, onError: answer }
}

/** Writes exactly one record and its metrics for every request, whatever became of it. */
export function requestRecord<Value>(shell: Shell): Middleware<Value> {
  const startedAtMs = new WeakMap<Call<Value>, number>()
  const write = (call: Call<Value>) => {
    const nowMs = shell.clock.spanMs()
    shell.records.write(toOutcome(call), {
      requestId: toRequestId(call),
      totalMs: nowMs - (startedAtMs.get(call) ?? nowMs),
      remainingMs: call.context.getRemainingTimeInMillis?.(),
      isColdStart: shell.takeColdStart(),
    })
  }
  const before = (call: Call<Value>) => {
    startedAtMs.set(call, shell.clock.spanMs())
  }
  return { before, after: write, onError: write }
}

/** Whatever is thrown is a bug: it becomes `unforeseen`, and nothing of it is kept or shown. */
export function crashAnswer<Value>(): Middleware<Value> {
  return {
    onError: (call) => {
      call.response = toFailed('unforeseen')
    },
  }
}

/** A response that is no outcome, `undefined` included, is as much a bug as a throw. */
function toOutcome<Value>({ response }: Call<Value>): Outcome<Value> {
  return typeof response === 'object' && response !== null && 'result' in response
    ? response
    : toFailed('unforeseen')
}

function toRequestId<Value>({ event, context }: Call<Value>): string {
  try {
    return toGatewayEvent(event).requestId ?? context.awsRequestId ?? 'unknown'
  } catch {
    // An event that cannot even be read has failed as `unforeseen` before; its answer still needs an id.
    return context.awsRequestId ?? 'unknown'
  }
}
