import middy from '@middy/core'
import { openMetadataEndpoint, openMetadataShell } from '../adapters/metadata-endpoint.ts'
import { crashAnswer, httpAnswer, receivedRequest, requestRecord } from '../adapters/middleware.ts'
import { toMetadataAnswer } from '../core/metadata-answer.ts'
import { toUnjudgedOutcome } from '../core/outcome.ts'

const shell = openMetadataShell(process.env)

/** Discovery, and the redirects to the user pool domain. Hooks after the endpoint run last to first. */
export const handler = middy({
  timeoutEarlyInMillis: 40,
  timeoutEarlyResponse: () => toUnjudgedOutcome('unforeseen'),
})
  .use(httpAnswer(shell, toMetadataAnswer))
  .use(requestRecord(shell))
  .use(receivedRequest(shell))
  .use(crashAnswer())
  .handler(openMetadataEndpoint(shell))
