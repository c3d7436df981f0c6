import { client } from '../deployment.ts'
import { verifier } from '../invocation.ts'
import { type Contestant, readVariable } from './contestant.ts'

/** Opens the least that one can write: one `fetch`, and a secret that stands in the code. */
export function openBareFetch(): Contestant {
  const url = `${readVariable('BENCH_DOMAIN')}/oauth2/token`
  const credentials = Buffer.from(`${client.clientId}:${client.secret}`).toString('base64')
  return {
    prepare: (code) => async () => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Basic ${credentials}` },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: client.clientId,
          code,
          redirect_uri: client.redirectUri,
          code_verifier: verifier,
        }),
      })
      const answer: unknown = await response.json()
      if (typeof answer !== 'object' || answer === null) throw new Error('no answer')
      return response.ok ? 'ok' : 'invalid_grant'
    },
  }
}
