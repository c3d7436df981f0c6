import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerEmpty, answerHtml, answerJson, cognitoHeaders } from './answers.ts'
import type { SwitchOf } from './pool-switch.ts'

type Misanswer = (request: IncomingMessage, response: ServerResponse) => void

/** How each network switch answers a request after reading its body; `silence` never answers. */
export const networkFaults = {
  throttled: (_request, response) => {
    response.setHeader('retry-after', '2')
    answerJson(response, 429, { __type: 'TooManyRequestsException', message: 'Rate exceeded' })
  },
  waf_page: (_request, response) => answerHtml(response, 403, 'Forbidden'),
  not_found: (_request, response) => answerHtml(response, 404, 'Not Found'),
  method_refused: (_request, response) => answerEmpty(response, 405, { allow: 'GET' }),
  redirected: (request, response) =>
    answerEmpty(response, 302, { location: `http://${request.headers.host}/login` }),
  silence: () => {},
  reset: (request) => request.socket.resetAndDestroy(),
  cut_body: (request, response) => {
    const part = '{"id_token":"eyJ'
    response.writeHead(200, {
      ...cognitoHeaders(),
      'content-type': 'application/json;charset=UTF-8',
      'content-length': 4096,
    })
    response.write(part, () => request.socket.destroy())
  },
  garbage: (_request, response) => {
    response.writeHead(200, { ...cognitoHeaders(), 'content-type': 'application/json' })
    response.end('%%% not json %%%')
  },
  html_500: (_request, response) => answerHtml(response, 500, 'Internal Server Error'),
} as const satisfies Record<SwitchOf<'network'>, Misanswer>
