import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { type Summary, toLine } from './summary.ts'

/** A check that is a command of its own, which the pinned Node.js runs. */
export interface CommandCheck {
  readonly title: string
  readonly args: readonly string[]
}

/** Runs a command and prints its line; what the command wrote is shown only where it failed. */
export async function runCommand(root: string, { title, args }: CommandCheck): Promise<Summary> {
  const startedAtMs = performance.now()
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => resolve(code === 0))
  })
  const [out, err, isWell] = await Promise.all([text(child.stdout), text(child.stderr), exited])
  const counts = { passed: isWell ? 1 : 0, failed: isWell ? 0 : 1, skipped: 0 }
  if (!isWell) console.log(`\n${out}${err}`.trimEnd())
  console.log(toLine(title, counts, (performance.now() - startedAtMs) / 1000))
  return { ...counts, failures: isWell ? [] : [title] }
}
