import middy from '@middy/core'
import { crashAnswer, httpAnswer, requestRecord } from '../adapters/middleware.ts'
import { openShell } from '../adapters/shell.ts'
import { openTokenEndpoint, toFailed } from '../adapters/token-endpoint.ts'

const shell = openShell(process.env)

/** `POST /oauth2/token`. Hooks after the endpoint run last to first: the list reads outside-in. */
export const handler = middy({
  // The endpoint keeps its own deadline; this one speaks only where that has failed.
  timeoutEarlyInMillis: 40,
  timeoutEarlyResponse: () => toFailed('unforeseen'),
})
  .use(httpAnswer(shell))
  .use(requestRecord(shell))
  .use(crashAnswer())
  .handler(openTokenEndpoint(shell))
