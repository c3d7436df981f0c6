// Lets one command at a time install the packages. Plain JavaScript, because it must also run on Node.js 20.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** An installation takes a minute or two. */
const longestWaitMinutes = 15
const pauseMs = 100

/**
 * Does some work while this process has the lock, and waits while another has it. The lock is a file with the
 * number of its process: where that process has died, the lock is taken over.
 *
 * @param {string} file the path of the lock
 * @param {() => void} work
 */
export async function withLock(file, work) {
  const own = `${file}.${process.pid}`
  writeFileSync(own, String(process.pid))
  try {
    await take(file, own)
    try {
      work()
    } finally {
      rmSync(file, { force: true })
    }
  } finally {
    rmSync(own, { force: true })
  }
}

async function take(file, own) {
  const endsAtMs = Date.now() + longestWaitMinutes * 60_000
  let isSaid = false
  while (!link(own, file)) {
    const holder = read(file)
    if (holder !== undefined && !isAlive(Number(holder))) {
      takeAway(file, holder)
      continue
    }
    if (Date.now() > endsAtMs) {
      throw new Error(`process ${holder} still installs; if it does not, remove ${file}`)
    }
    if (!isSaid) console.error('token-proxy: waiting for another command that installs …')
    isSaid = true
    await wait(pauseMs)
  }
}

/** Takes a dead process's lock away, unless another process was faster and has its own there by now. */
function takeAway(file, holder) {
  const aside = `${file}.${process.pid}.old`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (read(aside) !== holder) link(aside, file)
  rmSync(aside, { force: true })
}

/** A link comes into being at once and with its content, or not at all. */
function link(from, to) {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // The process of another user may not be asked.
    return error.code === 'EPERM'
  }
}
