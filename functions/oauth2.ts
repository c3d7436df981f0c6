import middy from '@middy/core'
import { crashAnswer, httpAnswer, receivedRequest, requestRecord } from '../adapters/middleware.ts'
import { rehearse } from '../adapters/rehearsal.ts'
import { openTokenEndpoint } from '../adapters/token-endpoint.ts'
import { openTokenShell, type TokenShell } from '../adapters/token-shell.ts'
import { toHttpAnswer } from '../core/http-answer.ts'
import { toUnjudgedOutcome } from '../core/outcome.ts'

/** Hooks after the endpoint run last to first: the list reads outside-in. */
const toHandler = (shell: TokenShell) =>
  middy({
    // The endpoint keeps its own deadline; this one speaks only where that has failed.
    timeoutEarlyInMillis: 40,
    timeoutEarlyResponse: () => toUnjudgedOutcome('unforeseen'),
  })
    .use(httpAnswer(shell, toHttpAnswer))
    .use(requestRecord(shell))
    .use(receivedRequest(shell))
    .use(crashAnswer())
    .handler(openTokenEndpoint(shell))

const shell = openTokenShell(process.env)
await shell.open?.initialize(process.env, () => rehearse(shell, toHandler))

/** `POST /oauth2/token` and `POST /oauth2/revoke`. */
export const handler = toHandler(shell)
