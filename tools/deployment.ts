import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join, posix } from 'node:path'
import { type Deployment, type PackagedFiles, toDeployment } from '../infra/deployment.ts'
import { type CompiledTemplate, finishTemplate } from '../infra/finish-template.ts'
import { type BuiltName, builtNames } from '../infra/functions.ts'
import { toVersionDigest } from '../infra/gradual/versions.ts'
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
  return toDeployment(stage, files, (name) => toBuiltDigest(name, stage))
}

/** Tells one version of a built function from another, by its code and the digests of edge keys that are deployed with it. */
export function toBuiltDigest(name: BuiltName, { edge }: Pick<Stage, 'edge'>): string {
  const edgeKeys = edge === 'required' ? (process.env[digestsVariable] ?? '') : undefined
  return toVersionDigest(toCodeDigest(name), edgeKeys)
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
 * Lists a built function, the chunks and files beside it that it reaches, so that no package carries another's code, and the
 * licences of what it contains.
 */
export function listFiles(name: BuiltName): readonly string[] {
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

/** Tells one code of a built function from another; where it is deployed makes no difference. */
export function toCodeDigest(name: BuiltName): string {
  const hash = createHash('sha256')
  for (const file of [...listFiles(name)].sort())
    hash.update(`${file}\n`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}
