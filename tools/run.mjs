// Runs one of the project's TypeScript files under the pinned Node.js, installing from the lock file
// first where node_modules is missing or stale. Plain JavaScript, because it must also run on Node.js 20.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { withLock } from './install-lock.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.lock-digest')
// The lock file names a package with this binary for each platform that has one; npm links what it installed.
const lockedNode = join(root, 'node_modules', '.bin', 'node')

const digest = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

const isInstalled = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === digest
if (!isInstalled()) {
  // Two commands at once would empty the folder for each other. The lock is beside it, where npm leaves it alone.
  await withLock(join(root, '.install-lock'), () => isInstalled() || install())
}

const given = process.argv.slice(2)
const at = given.findIndex((argument) => !argument.startsWith('--'))
const usage = 'usage: node tools/run.mjs [NODE_OPTION ...] SCRIPT [ARGUMENT ...]'
if (at === -1) throw new Error(usage)
const [nodeOptions, script, args] = [given.slice(0, at), given[at], given.slice(at + 1)]
const path = resolve(root, script)
process.chdir(root)
if (process.env.npm_lifecycle_event !== undefined) endWithParent()

const pinnedNode = choosePinnedNode()
const pinned = spawnSync(pinnedNode, ['--version'], { encoding: 'utf8' }).stdout.trim()
if (process.version === pinned && nodeOptions.length === 0) {
  process.argv = [process.argv[0], path, ...args]
  await import(pathToFileURL(path).href)
} else {
  // With many threads, the C library would keep much of the memory that one of them has given back.
  const env = { MALLOC_ARENA_MAX: '2', ...process.env }
  forward(spawn(pinnedNode, [...nodeOptions, path, ...args], { stdio: 'inherit', env }))
}

/** The binary of the lock file; where it has none for this platform, this process's own if that is a 24. */
function choosePinnedNode() {
  if (existsSync(lockedNode)) return lockedNode
  if (process.versions.node.startsWith('24.')) return process.execPath
  console.error(
    `token-proxy: the lock file has no Node.js for ${process.platform}-${process.arch}. Run this with Node.js 24.`,
  )
  process.exit(1)
}

function install() {
  // A linked folder is another checkout's, and npm would empty it.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    console.error('token-proxy: node_modules is a link and does not fit package-lock.json')
    process.exit(1)
  }
  console.error('token-proxy: installing what the lock file names (once) …')
  const npm = process.env.npm_execpath
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }
  const flags = ['ci', '--loglevel=error', '--no-audit', '--no-fund']
  const done = npm
    ? spawnSync(process.execPath, [npm, ...flags], options)
    : spawnSync('npm', flags, options)
  if (done.status !== 0) process.exit(done.status ?? 1)
  writeFileSync(stampFile, digest)
}

/** Hands signals down and the exit code up, so that the script seems to run in this process. */
function forward(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)))
}

/**
 * Ends this process as soon as its parent has: npm hands signals to the shell that it runs scripts in,
 * and a shell that dies of one hands nothing on.
 */
function endWithParent() {
  const parent = process.ppid
  const watch = () => process.ppid !== parent && process.kill(process.pid, 'SIGTERM')
  setInterval(watch, 200).unref()
}
