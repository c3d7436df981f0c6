// Runs inside a worker thread: the built function by itself, called without a gateway.
import { parentPort, workerData } from 'node:worker_threads'
import type { Invocation, Invoked } from './direct-handler.ts'

const { handler }: { handler: (event: unknown, context: unknown) => Promise<unknown> } =
  await import(workerData)

parentPort?.on('message', async (invocations: readonly Invocation[]) => {
  const answers = await Promise.all(invocations.map(invoke))
  // Ends when the other thread has taken everything that was written so far.
  await new Promise((resolve) => process.stdout.write('', resolve))
  parentPort?.postMessage(answers)
})

async function invoke(invocation: Invocation): Promise<Invoked> {
  try {
    const event = invocation.trap === 'event' ? makeTrap() : invocation.event
    return { answer: await handler(event, toContext(invocation)) }
  } catch (thrown) {
    return { thrown: String(thrown) }
  }
}

function toContext({ remainingMs = 15_000, trap }: Invocation) {
  const endsAtMs = performance.now() + remainingMs
  let calls = 0
  return {
    awsRequestId: 'direct-request',
    getRemainingTimeInMillis: () => {
      calls += 1
      if (trap === 'first_clock_call' && calls === 1) throw new Error('trap')
      return endsAtMs - performance.now()
    },
  }
}

function makeTrap(): object {
  return Object.defineProperty({}, 'rawPath', {
    enumerable: true,
    get: () => {
      throw new Error('trap')
    },
  })
}
