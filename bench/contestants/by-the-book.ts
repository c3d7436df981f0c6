// The function that one would write from the documentation of its parts; bundled by itself.
import { Logger } from '@aws-lambda-powertools/logger'
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware'
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics'
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware'
import middy from '@middy/core'
import cors from '@middy/http-cors'
import errorHandler from '@middy/http-error-handler'
import headerNormalizer from '@middy/http-header-normalizer'
import securityHeaders from '@middy/http-security-headers'
import urlencodeBodyParser from '@middy/http-urlencode-body-parser'
import secretsManager from '@middy/secrets-manager'
import type { Context } from 'aws-lambda'

interface Call {
  readonly body: Readonly<Record<string, string>>
}

interface WithSecret {
  readonly secret: { readonly client_id: string; readonly client_secret: string }
}

const logger = new Logger()
const metrics = new Metrics()

async function exchange({ body }: Call, { secret }: WithSecret) {
  const basic = Buffer.from(`${secret.client_id}:${secret.client_secret}`).toString('base64')
  const startedAtMs = performance.now()
  const response = await fetch(`${process.env['BENCH_DOMAIN']}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams(body),
  })
  const answer = await response.json()
  metrics.addMetric('UpstreamLatency', MetricUnit.Milliseconds, performance.now() - startedAtMs)
  metrics.addMetric(response.ok ? 'Successes' : 'Failures', MetricUnit.Count, 1)
  logger.info('exchanged', { status: response.status, grant_type: body['grant_type'] })
  return {
    statusCode: response.status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(answer),
  }
}

export const handler = middy<Call, unknown, Error, Context & WithSecret>()
  .use(injectLambdaContext(logger))
  .use(logMetrics(metrics, { captureColdStartMetric: true }))
  .use(headerNormalizer())
  .use(urlencodeBodyParser())
  .use(cors({ origin: 'https://app.example' }))
  .use(securityHeaders())
  .use(errorHandler({ logger: (error) => logger.error('failed', { error }) }))
  .use(
    secretsManager({
      fetchData: { secret: process.env['BENCH_SECRET_ID'] ?? '' },
      setToContext: true,
    }),
  )
  .handler(exchange)
