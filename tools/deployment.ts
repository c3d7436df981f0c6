import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join, posix } from 'node:path'
import { type Deployment, type PackagedFiles, toDeployment } from '../infra/deployment.ts'
import { type CompiledTemplate, finishTemplate } from '../infra/finish-template.ts'
import { type BuiltName, builtNames } from '../infra/functions.ts'
import type { Stage } from '../infra/stage.ts'
import { noticesFile } from './build.ts'
import { digestsVariable } from './deploy/flags.ts'
import { readStage } from './stage-file.ts'

const root = join(import.meta.dirname, '..')

/** What `serverless.yml` asks for; throws what is wrong with the stage, so that osls stops there too. */
export function readDeployment(stageName: string): Deployment {
  const stage = readUsableStage(stageName)
  const built = globSync('dist/functions/*.mjs', { cwd: root }).map((file) =>
    basename(file, '.mjs'),
  )
  const known: readonly string[] = builtNames
  const odd = [
    ...known.filter((name) => !built.includes(name)).map((name) => `${name} is not built`),
    ...(stage.canaryEveryMinutes > 0 && stage.canaryScript === undefined
      ? ['the canary is not built']
      : []),
    ...built.filter((name) => !known.includes(name)).map((name) => `${name} is not planned`),
  ]
  if (odd.length > 0) throw new Error(`${odd.join('; ')}: see infra/functions.ts, and build first`)
  const files = Object.fromEntries(
    builtNames.map((name) => [name, listFiles(name)]),
  ) as PackagedFiles
  const own = stage.edge === 'required' ? [process.env[digestsVariable] ?? ''] : []
  return toDeployment(stage, files, (name) => toDigest(files[name], own))
}

/** Changes the template that osls has compiled; throws what is wrong with the stage. */
export function finishCompiled<T extends CompiledTemplate>(stageName: string, compiled: T): T {
  return finishTemplate(compiled, readUsableStage(stageName))
}

function readUsableStage(stageName: string): Stage {
  const read = readStage(stageName)
  if (!read.ok) throw new Error(`stage ${stageName}: ${read.problems.join('; ')}`)
  return read.stage
}

/**
 * A built function, the chunks and files beside it that it reaches, so that no package carries another's code, and the
 * licences of what it contains.
 */
function listFiles(name: BuiltName): readonly string[] {
  const entry = `dist/functions/${name}.mjs`
  const files = new Set([entry])
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const [, address = ''] of text.matchAll(/["'`]([\w./-]+\.(?:mjs|json))["'`]/g)) {
      const reached = posix.join(posix.dirname(file), address)
      if (existsSync(join(root, reached))) files.add(reached)
    }
  }
  return [...files, `dist/functions/${noticesFile}`]
}

/**
 * Tells what a function consists of. The digests of edge keys belong to it, because a published version keeps the
 * environment that it was made with: other digests need another version.
 */
function toDigest(files: readonly string[], others: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(others))
  for (const file of [...files].sort())
    hash.update(`${file}\n`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}
