import { randomUUID } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { forwardLines } from './output-lines.ts'
import type { Invocation, SandboxMessage, SandboxSetting } from './sandbox.ts'

/** What every sandbox of a function has in common. */
export interface FunctionSetting {
  readonly functionsFolder: string
  readonly functionName: string
  readonly env: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  readonly onOutput: (line: string) => void
}

/** The result of an invocation; a `payload` is JSON text. */
export type Outcome = { readonly payload: string } | 'failed' | 'throttled'

/** One sandbox, seen from outside. It takes one invocation at a time. */
export interface SandboxThread {
  /** Resolves once it can take an invocation, or never will. */
  readonly started: Promise<unknown>
  invoke(event: string): Promise<Outcome>
  isAlive(): boolean
  /** Stops it at any point; resolves when all of its output has been passed on. */
  end(): Promise<void>
}

// Lambda's own limit for loading a function; the function's timeout counts from the invocation only.
const initTimeoutSeconds = 10
const memoryMb = 512
// A frozen thread collects no garbage, so what it may gather before is kept small. Far more than a
// request of the largest size takes.
const resourceLimits = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 }

/** Starts a cold sandbox in a worker thread. */
export function startSandbox(setting: FunctionSetting): SandboxThread {
  const { functionsFolder, functionName, timeoutSeconds, onOutput } = setting
  const thaw = new Int32Array(new SharedArrayBuffer(4))
  // A thread cannot start with the options of a process; the function only reads them.
  const { NODE_OPTIONS: nodeOptions, ...env } = toEnvironment(setting)
  const worker = new Worker(new URL('./sandbox.ts', import.meta.url), {
    workerData: { functionsFolder, functionName, thaw, nodeOptions } satisfies SandboxSetting,
    env,
    resourceLimits,
    stdout: true,
    stderr: true,
  })
  const output = Promise.all([
    forwardLines(worker.stdout, onOutput),
    forwardLines(worker.stderr, onOutput),
  ])
  let alive = true
  worker.on('exit', () => {
    alive = false
  })
  // Errors between invocations are ignored; one during an invocation is reported when the worker has ended.
  worker.on('error', () => {})
  const ready = watch(worker, initTimeoutSeconds, '-', onOutput)

  async function invoke(event: string): Promise<Outcome> {
    // A sandbox that could not load its function is discarded; the next call starts another.
    alive &&= (await ready)?.type === 'ready'
    if (!alive) return 'failed'
    const requestId = randomUUID()
    const message = watch(worker, timeoutSeconds, requestId, onOutput)
    const deadlineEpochMs = Date.now() + timeoutSeconds * 1000
    Atomics.store(thaw, 0, 1)
    Atomics.notify(thaw, 0)
    worker.postMessage({ requestId, event, deadlineEpochMs } satisfies Invocation)
    const outcome = await message
    return outcome?.type === 'answered' ? { payload: outcome.payload } : 'failed'
  }

  async function end(): Promise<void> {
    await worker.terminate()
    await output
  }

  return { started: ready, invoke, end, isAlive: () => alive }
}

/** Waits for the next message of the sandbox; ends it if none arrives in time. */
function watch(
  worker: Worker,
  limitSeconds: number,
  requestId: string,
  onOutput: (line: string) => void,
): Promise<SandboxMessage | undefined> {
  return new Promise((resolve) => {
    let cause: string | undefined
    const settle = (message?: SandboxMessage): void => {
      clearTimeout(timer)
      worker.off('message', settle).off('error', onError).off('exit', onExit)
      resolve(message)
    }
    const onError = (error: unknown): void => {
      cause = `Runtime exited with error: ${error}`
    }
    const onExit = (code: number): void => {
      onOutput(toPlatformLine(requestId, cause ?? `Runtime exited with exit status ${code}`))
      settle()
    }
    const timer = setTimeout(() => {
      cause = `Task timed out after ${limitSeconds.toFixed(2)} seconds`
      void worker.terminate()
    }, limitSeconds * 1000)
    worker.on('message', settle).on('error', onError).on('exit', onExit)
  })
}

/** A line of the platform, as Lambda writes it into a function's log. */
function toPlatformLine(requestId: string, text: string): string {
  return `${new Date().toISOString()} ${requestId} ${text}`
}

function toEnvironment(setting: FunctionSetting): Readonly<Record<string, string>> {
  const { functionName, functionsFolder, env } = setting
  const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'eu-central-1'
  const credentials = {
    AWS_ACCESS_KEY_ID: 'AKIALOCALGATEWAY0000',
    AWS_SECRET_ACCESS_KEY: 'not-a-real-key',
  }
  const cache = process.env['NODE_COMPILE_CACHE']
  return {
    // Without it, each sandbox would strip the types of its own file.
    ...(cache !== undefined && { NODE_COMPILE_CACHE: cache }),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    ...(env['AWS_ACCESS_KEY_ID'] === undefined && credentials),
    ...env,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomUUID().replaceAll('-', '')}`,
    LAMBDA_TASK_ROOT: functionsFolder,
    TZ: ':UTC',
    _HANDLER: `${functionName}.handler`,
  }
}
