import type { MiddlewareObj, Request } from '@middy/core'
import type { HttpAnswer } from '../core/http-answer.ts'
import { type Outcome, toUnjudgedOutcome } from '../core/outcome.ts'
import { type LambdaContext, type ReceivedRequest, receiveRequest } from './received-request.ts'
import type { Shell } from './shell.ts'

/** The handler gives an outcome; on its way out it becomes an answer. */
type Response<Value> = Outcome<Value> | HttpAnswer
type Middleware<Value> = MiddlewareObj<ReceivedRequest, Response<Value>, Error, LambdaContext>
type Call<Value> = Request<ReceivedRequest, Response<Value>, Error, LambdaContext>

/**
 * Writes the outcome as the answer of the HTTP API; the outermost of all, so that nothing follows it.
 *
 * @param toAnswer makes the answer of this function
 */
export function httpAnswer<Value>(
  shell: Shell,
  toAnswer: (outcome: Outcome<Value>, requestId: string, runbookUrl: string) => HttpAnswer,
): Middleware<Value> {
  const answer = (call: Call<Value>) => {
    const { requestId } = toReceived(shell, call)
    call.response = toAnswer(toOutcome(call), requestId, shell.runbookUrl)
  }
  return { after: answer, onError: answer }
}

/** Writes exactly one record and its metrics for every request that counts, whatever its outcome. */
export function requestRecord<Value>(shell: Shell): Middleware<Value> {
  const write = (call: Call<Value>) => {
    const { requestId, meter } = toReceived(shell, call)
    const isColdStart = shell.takeColdStart()
    const outcome = toOutcome(call)
    if (outcome.isUncounted) return
    shell.records.write(outcome, { requestId, isColdStart, ...meter.read() })
  }
  return { after: write, onError: write }
}

/** Reads the event, once, and puts the request with its meter in the event's place for all others. */
export function receivedRequest<Value>(shell: Shell): Middleware<Value> {
  return {
    before: (call) => {
      call.event = receiveRequest(shell, call.event, call.context)
    },
  }
}

/** Whatever is thrown is a bug: it becomes `unforeseen`, and nothing of it is kept or shown. */
export function crashAnswer<Value>(): Middleware<Value> {
  return {
    onError: (call) => {
      call.response = toUnjudgedOutcome('unforeseen')
    },
  }
}

/** A response that is no outcome, `undefined` included, is as much a bug as a throw. */
function toOutcome<Value>({ response }: Call<Value>): Outcome<Value> {
  return typeof response === 'object' && response !== null && 'result' in response
    ? response
    : toUnjudgedOutcome('unforeseen')
}

/** An event that could not be read has failed as `unforeseen`; its record and answer still need an id. */
function toReceived<Value>(shell: Shell, { event, context }: Call<Value>): ReceivedRequest {
  const isReceived = typeof event === 'object' && event !== null && 'meter' in event
  return isReceived ? event : receiveRequest(shell, undefined, context)
}
