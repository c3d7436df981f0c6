import { randomUUID } from 'node:crypto'
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** Answers as Cognito's token and revocation endpoints do, headers included. */
export function answerJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    ...cognitoHeaders(),
    'content-type': 'application/json;charset=UTF-8',
  })
  response.end(JSON.stringify(body))
}

/** Answers without a body: a successful revocation, or a request that the server does not accept. */
export function answerEmpty(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { ...cognitoHeaders(), 'content-length': 0, ...headers })
  response.end()
}

/** Answers with the bare page that AWS's own front servers send, without a request id of Cognito. */
export function answerHtml(response: ServerResponse, status: number, title: string): void {
  response.writeHead(status, { 'content-type': 'text/html' })
  response.end(
    `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n` +
      `<center><h1>${status} ${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
  )
}

export function cognitoHeaders(): OutgoingHttpHeaders {
  return {
    'access-control-allow-origin': '*',
    'cache-control': 'no-cache, no-store, max-age=0, must-revalidate',
    pragma: 'no-cache',
    expires: '0',
    'set-cookie': `XSRF-TOKEN=${randomUUID()}; Path=/; Secure; HttpOnly; SameSite=Lax`,
    'x-amz-cognito-request-id': randomUUID(),
  }
}
