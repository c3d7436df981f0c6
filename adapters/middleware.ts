import type { MiddlewareObj, Request } from '@middy/core'
import { toGatewayEvent } from '../core/gateway-event.ts'
import { type HttpAnswer, toHttpAnswer } from '../core/http-answer.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Shell } from './shell.ts'
import { type LambdaContext, toFailed } from './token-endpoint.ts'

/** The handler gives an outcome; on its way out it becomes an answer. */
type Response = Outcome | HttpAnswer
type Middleware = MiddlewareObj<unknown, Response, Error, LambdaContext>
type Call = Request<unknown, Response, Error, LambdaContext>

/** Writes the outcome as the answer of the HTTP API; the outermost of all, so that nothing follows it. */
export function httpAnswer(shell: Shell): Middleware {
  const answer = (call: Call) => {
    call.response = toHttpAnswer(toOutcome(call), toRequestId(call), shell.runbookUrl)
  }
  return { after: answer, onError: answer }
}

/** Writes exactly one record and its metrics for every request, whatever became of it. */
export function requestRecord(shell: Shell): Middleware {
  const startedAtMs = new WeakMap<Call, number>()
  const write = (call: Call) => {
    const nowMs = shell.clock.spanMs()
    shell.records.write(toOutcome(call), {
      requestId: toRequestId(call),
      totalMs: nowMs - (startedAtMs.get(call) ?? nowMs),
      remainingMs: call.context.getRemainingTimeInMillis?.(),
      isColdStart: shell.takeColdStart(),
    })
  }
  const before = (call: Call) => {
    startedAtMs.set(call, shell.clock.spanMs())
  }
  return { before, after: write, onError: write }
}

/** Whatever is thrown is a bug: it becomes `unforeseen`, and nothing of it is kept or shown. */
export function crashAnswer(): Middleware {
  return {
    onError: (call) => {
      call.response = toFailed('unforeseen')
    },
  }
}

/** A response that is no outcome, `undefined` included, is as much a bug as a throw. */
function toOutcome({ response }: Call): Outcome {
  return typeof response === 'object' && response !== null && 'result' in response
    ? response
    : toFailed('unforeseen')
}

function toRequestId({ event, context }: Call): string {
  try {
    return toGatewayEvent(event).requestId ?? context.awsRequestId ?? 'unknown'
  } catch {
    // An event that cannot even be read has failed as `unforeseen` before; its answer still needs an id.
    return context.awsRequestId ?? 'unknown'
  }
}
