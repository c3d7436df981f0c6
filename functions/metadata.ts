import middy from '@middy/core'
import { openMetadataEndpoint, openMetadataShell } from '../adapters/metadata-endpoint.ts'
import { crashAnswer, httpAnswer, requestRecord } from '../adapters/middleware.ts'
import { toFailed } from '../adapters/token-endpoint.ts'
import { toMetadataAnswer } from '../core/metadata-answer.ts'

const shell = openMetadataShell(process.env)

/** Discovery, and the redirects to the user pool domain. Hooks after the endpoint run last to first. */
export const handler = middy({
  timeoutEarlyInMillis: 40,
  timeoutEarlyResponse: () => toFailed('unforeseen'),
})
  .use(httpAnswer(shell, toMetadataAnswer))
  .use(requestRecord(shell))
  .use(crashAnswer())
  .handler(openMetadataEndpoint(shell))
