import { toClients } from '../deployment.ts'
import { toContext, toEvent } from '../invocation.ts'
import { type Contestant, readVariable } from './contestant.ts'

type Handler = (event: unknown, context: unknown) => Promise<{ readonly statusCode: number }>

/**
 * Sets the clients of the proxy. They are made here: the system lets no variable of a new process be longer
 * than 128 KiB.
 */
export function setClients(): void {
  const count = Number(readVariable('BENCH_CLIENTS'))
  process.env['TOKEN_PROXY_CLIENTS'] = toClients(
    count,
    readVariable('BENCH_DOMAIN'),
    process.env['BENCH_USER_POOL_ID'],
  )
}

/** Opens a Lambda function that exports `handler`: the proxy, or the one by the book. */
export async function openHandler(url: string): Promise<Contestant> {
  setClients()
  const { handler }: { readonly handler: Handler } = await import(url)
  return {
    exchange: async (code, withVerifier) => {
      const { statusCode } = await handler(toEvent(code, withVerifier), toContext())
      if (statusCode === 200) return 'ok'
      if (statusCode === 504) return 'timeout'
      if (statusCode !== 400) throw new Error(`the handler answered ${statusCode}`)
      return withVerifier ? 'invalid_grant' : 'refused'
    },
  }
}
