import { accessLogFormat } from '../infra/access-log.ts'

const requestId = '8f5ac7b6-1c5d-4a7f-9f0e-2d3b4c5a6e7f'

/** What Lambda writes of every request into the same log group, as it does unless told otherwise. */
const platformLines = [
  `START RequestId: ${requestId} Version: $LATEST`,
  `END RequestId: ${requestId}`,
  `REPORT RequestId: ${requestId}\tDuration: 93.22 ms\tBilled Duration: 94 ms\tMemory Size: 512 MB\tMax Memory Used: 101 MB\t`,
]

/** Values as the HTTP API puts them into a line of its access log. */
const accessValues: Readonly<Record<string, string>> = {
  requestId: 'JKJaXmPLvHcESHA=',
  requestTime: '21/Nov/2026:11:36:14 +0000',
  'identity.sourceIp': '203.0.113.117',
  httpMethod: 'POST',
  routeKey: 'POST /oauth2/token',
  protocol: 'HTTP/1.1',
  status: '200',
  'error.responseType': '-',
  'error.message': '-',
  integrationStatus: '200',
  integrationLatency: '97',
  responseLatency: '99',
  responseLength: '3912',
}

/** About how many bytes Lambda itself writes of a request, in three lines. */
export function toPlatformBytes(): number {
  return platformLines.reduce((sum, line) => sum + Buffer.byteLength(line), 0)
}

/** About how many bytes the access log has of a request; a value that is new to the format is left empty. */
export function toAccessLogBytes(): number {
  const line = accessLogFormat.replaceAll(
    /\$context\.([\w.]+)/g,
    (_, name: string) => accessValues[name] ?? '',
  )
  return Buffer.byteLength(line)
}
