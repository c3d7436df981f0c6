import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { on, once } from 'node:events'
import { connect, createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

const root = join(import.meta.dirname, '..', '..')
const guard = pathToFileURL(join(root, 'test', 'loopback-only.ts')).href

/**
 * What a command needs of the environment to find its way, with the network shut beyond loopback. npm
 * itself runs under the pinned Node.js, too: an older one could not read the guard.
 */
export const npmEnvironment: Readonly<Record<string, string | undefined>> = {
  PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
  HOME: process.env['HOME'],
  NODE_OPTIONS: `--import=${guard}`,
  npm_config_update_notifier: 'false',
}

/** An npm command of the project that is running, as a user would have typed it. */
export interface NpmCommand {
  /** Every line that it has written to standard output. */
  readonly lines: readonly string[]
  /** Resolves with the first line that fits, written already or not; rejects once none can come. */
  readonly line: (fits: (line: string) => boolean) => Promise<string>
  /** The exit code of a command that ends by itself, once standard output has ended. */
  readonly exitCode: () => Promise<number | null>
  /** Tells npm alone to end, as a supervisor does, and resolves once standard output has ended. */
  readonly terminate: () => Promise<void>
  /** Interrupts all of it, as a terminal does on Ctrl-C, and resolves once standard output has ended. */
  readonly interrupt: () => Promise<void>
}

/** Starts `npm` with arguments; whatever is left of it when the test ends is killed. */
export function startNpm(
  t: TestContext,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): NpmCommand {
  const child = spawn('npm', args, {
    cwd: root,
    env: { ...npmEnvironment, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that the test can be sure to leave nothing behind.
    detached: true,
  })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text
    process.stderr.write(text)
  })
  t.after(() => {
    signalGroup(child.pid, 'SIGKILL')
    // Nobody waits for the exit code of what is killed.
    assert.doesNotMatch(complaints, /beyond loopback/)
  })
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(line))
  const closed = once(reader, 'close')
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    lines,
    line: async (fits) => {
      const written = lines.find(fits)
      if (written !== undefined) return written
      for await (const [line] of on(reader, 'line', { close: ['close'] })) {
        if (fits(line)) return line
      }
      throw new Error(`npm ended after it had written ${JSON.stringify(lines)}`)
    },
    exitCode: async () => {
      await closed
      return exited
    },
    terminate: async () => {
      child.kill('SIGTERM')
      await closed
    },
    interrupt: async () => {
      signalGroup(child.pid, 'SIGINT')
      await closed
    },
  }
}

function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, signal)
  } catch {
    // Nothing of the group is left.
  }
}

/** Finds a port that is free together with those that follow it. */
export async function findFreePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    // Below the ports that the system gives to outgoing connections: many of those may be cooling down.
    const first = await freePort(randomInt(10_000, 30_000))
    if (first === undefined) continue
    const others = Array.from({ length: count - 1 }, (_, index) => freePort(first + 1 + index))
    if ((await Promise.all(others)).every((port) => port !== undefined)) return first
  }
  throw new Error(`no ${count} free ports in a row`)
}

async function freePort(port: number): Promise<number | undefined> {
  const server = createServer()
  const isListening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => resolve(true))
  })
  if (!isListening) return undefined
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' ? address?.port : undefined
}

/** Resolves once nothing listens on a port any more; rejects when that takes too long. */
export async function waitUntilClosed(port: number, withinMs: number): Promise<void> {
  const endsAtMs = Date.now() + withinMs
  while (await isListening(port)) {
    if (Date.now() > endsAtMs) throw new Error(`something still listens on port ${port}`)
    await wait(50)
  }
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
