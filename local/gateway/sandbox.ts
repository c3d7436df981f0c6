// Runs inside a worker thread: one Lambda sandbox, with a module graph and an environment of its own.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import type { Context } from 'aws-lambda'

/** What a sandbox is started with. */
export interface SandboxSetting {
  readonly functionsFolder: string
  readonly functionName: string
  /** 0 while the sandbox must stay frozen, 1 from the next invocation on. */
  readonly thaw: Int32Array
  /** The variable `NODE_OPTIONS` of the function. */
  readonly nodeOptions: string | undefined
}

/** One invocation, as the sandbox receives it. */
export interface Invocation {
  readonly requestId: string
  /** The event as JSON text. */
  readonly event: string
  readonly deadlineEpochMs: number
}

/** A message of a sandbox: it is ready, or an invocation has ended. `payload` is JSON text. */
export type SandboxMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'answered'; readonly payload: string }
  | { readonly type: 'failed' }

type Handler = (event: unknown, context: Context) => unknown

// It was for this file; no function of Lambda's has it.
delete process.env['NODE_COMPILE_CACHE']
await run(workerData)

async function run(setting: SandboxSetting): Promise<void> {
  if (setting.nodeOptions !== undefined) process.env['NODE_OPTIONS'] = setting.nodeOptions
  const handler = await importHandler(setting)
  if (!handler) {
    await flushOutput()
    return say({ type: 'failed' })
  }
  parentPort?.on('message', async (invocation: Invocation) => {
    Atomics.store(setting.thaw, 0, 0)
    const message = await invoke(handler, setting, invocation)
    await flushOutput()
    say(message)
    // Lambda freezes a sandbox between invocations: no timer fires, no socket is served.
    Atomics.wait(setting.thaw, 0, 0)
  })
  say({ type: 'ready' })
}

async function importHandler(setting: SandboxSetting): Promise<Handler | undefined> {
  const file = join(setting.functionsFolder, `${setting.functionName}.mjs`)
  try {
    const module: { handler?: unknown } = await import(pathToFileURL(file).href)
    if (isHandler(module.handler)) return module.handler
    throw new TypeError(`${setting.functionName}.handler is undefined or not exported`)
  } catch (error) {
    writeError('undefined', 'Uncaught Exception', error)
    return undefined
  }
}

async function invoke(
  handler: Handler,
  setting: SandboxSetting,
  invocation: Invocation,
): Promise<SandboxMessage> {
  try {
    const result = await handler(JSON.parse(invocation.event), toContext(setting, invocation))
    return { type: 'answered', payload: JSON.stringify(result) ?? 'null' }
  } catch (error) {
    writeError(invocation.requestId, 'Invoke Error', error)
    return { type: 'failed' }
  }
}

function toContext(setting: SandboxSetting, invocation: Invocation): Context {
  const { env } = process
  const name = setting.functionName
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:${env['AWS_REGION']}:000000000000:function:${name}`,
    memoryLimitInMB: env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '',
    awsRequestId: invocation.requestId,
    logGroupName: env['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
    logStreamName: env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
    getRemainingTimeInMillis: () => Math.max(0, invocation.deadlineEpochMs - Date.now()),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  }
}

function say(message: SandboxMessage): void {
  parentPort?.postMessage(message)
}

/** Ends when the other thread has taken everything that was written so far. */
async function flushOutput(): Promise<void> {
  await Promise.all(
    [process.stdout, process.stderr].map(
      (stream) => new Promise<void>((resolve) => stream.write('', () => resolve())),
    ),
  )
}

/** Writes an error in one line, as Lambda's Node.js runtime does. */
function writeError(requestId: string, kind: string, error: unknown): void {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  const detail = { errorType: name, errorMessage: message, stack: stack?.split('\n') ?? [] }
  const line = [new Date().toISOString(), requestId, 'ERROR', kind, JSON.stringify(detail)]
  process.stdout.write(`${line.join('\t')}\n`)
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function'
}
