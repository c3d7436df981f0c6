import { readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { buildSite } from '../pages/site/build-site.ts'
import { readCommandLine, refuse } from './command-line.ts'
import { commands } from './commands.ts'
import type { NamedStage } from './deploy/site.ts'
import { listFiles, replaceFiles } from './replace-files.ts'
import { readStage } from './stage-file.ts'

const { options } = readCommandLine(commands.site)
const stage = readPublishedStage()

const root = join(import.meta.dirname, '..')
const site = join(root, 'dist', 'site')
// Built aside: what serves the site meanwhile never meets half a page.
const aside = join('dist', `.site.${process.pid}`)

process.chdir(root)
try {
  await buildSite(aside)
  // Its start page is the last: where that is new, everything is.
  const start = join(root, aside, 'index.html')
  const built = [...listFiles(join(root, aside)).filter((path) => path !== start), start]
  const toPath = (path: string) => join(site, relative(aside, relative(root, path)))
  replaceFiles(site, new Map(built.map((path) => [toPath(path), readFileSync(path)])))
  console.log(`built ${relative(root, site)}: ${built.length} files`)
} finally {
  rmSync(aside, { recursive: true, force: true })
}
if (stage !== undefined) {
  const { publishSite } = await import('./deploy/site.ts')
  if (!(await publishSite(stage, console.log))) process.exitCode = 1
}

function readPublishedStage(): NamedStage | undefined {
  const { stage: name } = options
  if (name === undefined) return undefined
  const read = readStage(name)
  if (!read.ok) return refuse(`${read.problems.join('\n')}\n`)
  if (!read.stage.site)
    return refuse(`site of stages/${name}.json is not true. See docs/deploy.md.\n`)
  return { name, stage: read.stage }
}
