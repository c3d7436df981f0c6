import { fastifyOauth2, type OAuth2Namespace } from '@fastify/oauth2'
import Fastify from 'fastify'
import { client } from '../deployment.ts'
import { verifier } from '../invocation.ts'
import { type Contestant, readVariable } from './contestant.ts'

declare module 'fastify' {
  interface FastifyInstance {
    readonly bench: OAuth2Namespace
  }
}

/** Opens a Fastify app with `@fastify/oauth2`, called without a network between. */
export async function openFastifyOauth2(): Promise<Contestant> {
  const app = Fastify({ logger: false })
  await app.register(fastifyOauth2, {
    name: 'bench',
    credentials: {
      client: { id: client.clientId, secret: client.secret },
      auth: {
        tokenHost: readVariable('BENCH_DOMAIN'),
        tokenPath: '/oauth2/token',
        authorizePath: '/oauth2/authorize',
        authorizeHost: readVariable('BENCH_DOMAIN'),
      },
    },
    callbackUri: client.redirectUri,
    pkce: 'S256',
  })
  app.get('/callback', async (request, reply) => {
    try {
      const { token } = await app.bench.getAccessTokenFromAuthorizationCodeFlow(request)
      return token
    } catch {
      return reply.code(400).send({ error: 'invalid_grant' })
    }
  })
  await app.ready()
  return {
    prepare: (code) => async () => {
      const { statusCode } = await app.inject({
        url: `/callback?code=${code}&state=state-1`,
        cookies: { 'oauth2-redirect-state': 'state-1', 'oauth2-code-verifier': verifier },
      })
      return statusCode === 200 ? 'ok' : 'invalid_grant'
    },
  }
}
