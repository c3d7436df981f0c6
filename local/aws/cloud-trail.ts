import { randomUUID } from 'node:crypto'
import type { AnsweredRequest } from '../user-pool/user-pool.ts'
import type { Input, OperationResult } from './protocol.ts'

/** The event history of the embedded account: the requests to the user pool domain. */
export interface CloudTrail {
  readonly record: (request: AnsweredRequest) => void
  /** Answers LookupEvents by event name, newest first. */
  readonly lookUp: (input: Input) => OperationResult
}

const eventNames: Readonly<Record<string, string>> = {
  'POST /oauth2/token': 'Token_POST',
  'GET /oauth2/authorize': 'OAuth2_Authorize_GET',
  'GET /login': 'Login_GET',
}
const eventsKept = 500
const pageSize = 50
/** Parameters that CloudTrail always hides. */
const masked = ['code', 'code_verifier', 'client_secret', 'refresh_token', 'password', 'state']

interface StoredEvent {
  readonly name: string
  readonly atMs: number
  readonly text: string
}

/** Opens an empty event history. Unlike that of AWS, it shows events immediately, and keeps only the last 500. */
export function openCloudTrail(userPoolId: string, region: string): CloudTrail {
  const events: StoredEvent[] = []
  return {
    record: (request) => {
      const name = eventNames[`${request.method} ${request.path}`]
      if (name === undefined) return
      const { atMs } = request
      events.unshift({ name, atMs, text: toEventText(name, request, userPoolId, region) })
      if (events.length > eventsKept) events.pop()
    },
    lookUp: (input) => {
      const [attribute] = Array.isArray(input['LookupAttributes']) ? input['LookupAttributes'] : []
      const { AttributeValue: name } = Object(attribute)
      const from = Number(input['NextToken'] ?? 0)
      const sinceMs = Number(input['StartTime'] ?? 0) * 1000
      const those = events.filter((event) => event.name === name && event.atMs >= sinceMs)
      const more = those.length > from + pageSize ? { NextToken: `${from + pageSize}` } : {}
      return { output: { Events: those.slice(from, from + pageSize).map(toListed), ...more } }
    },
  }
}

function toListed({ name, atMs, text }: StoredEvent) {
  return { EventId: randomUUID(), EventName: name, EventTime: atMs / 1000, CloudTrailEvent: text }
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/understanding-amazon-cognito-entries.html */
function toEventText(
  eventName: string,
  { parameters, status, atMs, userAgent }: AnsweredRequest,
  userPoolId: string,
  region: string,
): string {
  const shown = [...parameters].map(([name, value]) => [
    name,
    [masked.includes(name) ? 'HIDDEN_DUE_TO_SECURITY_REASONS' : value],
  ])
  return JSON.stringify({
    eventVersion: '1.08',
    eventTime: new Date(atMs).toISOString(),
    eventSource: 'cognito-idp.amazonaws.com',
    eventName,
    awsRegion: region,
    userAgent,
    errorCode: status >= 400 ? String(status) : '',
    additionalEventData: {
      responseParameters: { status },
      requestParameters: Object.fromEntries(shown),
      userPoolId,
    },
    eventType: 'AwsServiceEvent',
  })
}
