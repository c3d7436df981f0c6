import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import {
  type Deployment,
  type FunctionName,
  functionNames,
  type PackagedFiles,
  toDeployment,
} from '../infra/deployment.ts'
import { readStage } from './stage-file.ts'

const root = join(import.meta.dirname, '..')

/** What `serverless.yml` asks for; throws what is wrong with the stage, so that osls stops there too. */
export function readDeployment(stageName: string): Deployment {
  const read = readStage(stageName)
  if (!read.ok) throw new Error(`stage ${stageName}: ${read.problems.join('; ')}`)
  const files = functionNames.map((name) => [name, listFiles(name)])
  return toDeployment(read.stage, Object.fromEntries(files) as PackagedFiles)
}

/** A built function and the chunks beside it that it reaches, so that no package carries another's code. */
function listFiles(name: FunctionName): readonly string[] {
  const entry = `dist/functions/${name}.mjs`
  if (!existsSync(join(root, entry)))
    throw new Error(`${entry} is missing: run npm run build first`)
  const files = new Set([entry])
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const [, address = ''] of text.matchAll(/["'`](\.{1,2}\/[\w./-]+\.mjs)["'`]/g)) {
      const reached = posix.join(posix.dirname(file), address)
      if (existsSync(join(root, reached))) files.add(reached)
    }
  }
  return [...files]
}
