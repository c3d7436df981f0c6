import type { IncomingMessage } from 'node:http'

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const bodyLimitBytes = 10 * 1024 * 1024
const headLimitBytes = 10_240

/** Lambda's limit for what a synchronous call brings, which is the whole event as JSON. */
const eventLimitBytes = 6 * 1024 * 1024
/** A function may return a little more than it may be given. */
const payloadLimitBytes = eventLimitBytes + 100

/** Tells whether the request line and the values of all headers are more than the HTTP API takes together. */
export function isHeadTooLarge({ method, url, httpVersion, rawHeaders }: IncomingMessage): boolean {
  const values = rawHeaders.filter((_text, index) => index % 2 === 1)
  const head = [`${method} ${url} HTTP/${httpVersion}`, ...values].join('')
  return Buffer.byteLength(head, 'latin1') > headLimitBytes
}

/** Tells whether an event is more than Lambda takes: a base64 body counts a third more than was sent. */
export function isEventTooLarge(event: string): boolean {
  return Buffer.byteLength(event) > eventLimitBytes
}

/** Tells whether what a function returned is more than Lambda hands on. */
export function isPayloadTooLarge(payload: string): boolean {
  return Buffer.byteLength(payload) > payloadLimitBytes
}
