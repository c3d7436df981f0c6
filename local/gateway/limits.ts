import type { IncomingMessage } from 'node:http'

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const bodyLimitBytes = 10 * 1024 * 1024
const headLimitBytes = 10_240

/** Lambda's limit for the payload of a synchronous call, which is the whole event as JSON. */
const eventLimitBytes = 6 * 1024 * 1024
/** A function may return a little more than it may receive. */
const payloadLimitBytes = eventLimitBytes + 100

/** Tells whether the request line and all header values together exceed the HTTP API's limit. */
export function isHeadTooLarge({ method, url, httpVersion, rawHeaders }: IncomingMessage): boolean {
  const values = rawHeaders.filter((_text, index) => index % 2 === 1)
  const head = [`${method} ${url} HTTP/${httpVersion}`, ...values].join('')
  return Buffer.byteLength(head, 'latin1') > headLimitBytes
}

/** Tells whether an event exceeds Lambda's limit: a base64 body is a third longer than what was sent. */
export function isEventTooLarge(event: string): boolean {
  return Buffer.byteLength(event) > eventLimitBytes
}

/** Tells whether the answer of a function exceeds Lambda's limit. */
export function isPayloadTooLarge(payload: string): boolean {
  return Buffer.byteLength(payload) > payloadLimitBytes
}
