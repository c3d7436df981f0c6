import { toClients } from '../deployment.ts'
import { toContext, toEvent } from '../invocation.ts'
import { type Contestant, type Ending, readVariable } from './contestant.ts'

interface Answer {
  readonly statusCode: number
}

type Handler = (event: unknown, context: unknown) => Promise<Answer>

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
    prepare: (code, withVerifier) => {
      const event = toEvent(code, withVerifier)
      const context = toContext()
      return async () => toEnding(await handler(event, context), withVerifier)
    },
  }
}

function toEnding({ statusCode }: Answer, withVerifier: boolean): Ending {
  if (statusCode === 200) return 'ok'
  if (statusCode === 504) return 'timeout'
  if (statusCode !== 400) throw new Error(`the handler answered ${statusCode}`)
  return withVerifier ? 'invalid_grant' : 'refused'
}
