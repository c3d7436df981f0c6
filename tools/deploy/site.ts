import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { toDeployNames } from '../../infra/deploy/names.ts'
import { siteOutputs } from '../../infra/site/site.ts'
import type { Stage } from '../../infra/stage.ts'
import { look } from './look.ts'
import { emptySite, uploadSite } from './site-bucket.ts'
import { askStack, toOutputs } from './stack.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'dist', 'site')

/** A stage by its name. */
export interface NamedStage {
  readonly name: string
  readonly stage: Stage
}

/** Builds the site in a process of its own, whose memory is given back. Gives whether it could be built. */
export async function buildSiteFiles(): Promise<boolean> {
  const words = [join(root, 'tools', 'site.ts')]
  const [code] = await once(spawn(process.execPath, words, { stdio: 'inherit' }), 'exit')
  return code === 0
}

/** Uploads the built site of a deployed stage, and says how that went. Gives whether the site is up to date. */
export async function publishSite(
  { name, stage }: NamedStage,
  say: (line: string) => void,
): Promise<boolean> {
  const published = await look(async () => {
    const { url, ...target } = await askTarget(name, stage)
    return { url, ...(await uploadSite(folder, target)) }
  })
  if (!published.ok) {
    say(
      `The site could not be published (${published.error}). The proxy does not need it and works.`,
    )
    say('Until it is published, the links of alarms and answers lead to old pages or to none.')
    say(`After the fix, publish it: npm run site -- --stage ${name}`)
    return false
  }
  const { url, changed, removed, kept } = published.value
  say(`site:      ${url} (${changed} files uploaded, ${removed} deleted, ${kept} unchanged)`)
  return true
}

/** Empties the bucket of a stage's site, if it has one, because CloudFormation deletes only an empty one. */
export async function clearSite({ name, stage }: NamedStage): Promise<void> {
  const { region } = stage
  const { stack } = toDeployNames(name, stage)
  const cleared = await look(async () => {
    const bucket = toOutputs(await askStack(region, stack)).get(siteOutputs.bucket)
    if (bucket !== undefined) await emptySite({ region, bucket })
  })
  if (cleared.ok) return
  throw new Error(`The bucket of the site could not be emptied (${cleared.error}).`)
}

async function askTarget(name: string, stage: Stage) {
  const { region } = stage
  const outputs = toOutputs(await askStack(region, toDeployNames(name, stage).stack))
  const read = (output: string) => {
    const value = outputs.get(output)
    if (value === undefined) throw Object.assign(new Error(output), { name: `no output ${output}` })
    return value
  }
  return {
    ...{ region, bucket: read(siteOutputs.bucket) },
    ...{ distribution: read(siteOutputs.distribution), url: read(siteOutputs.url) },
  }
}
