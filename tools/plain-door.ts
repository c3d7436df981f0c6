import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listPlans } from '../infra/deployment.ts'
import {
  plainTemplateFile,
  toPlainCommands,
  toPlainTemplate,
  toZipFile,
} from '../infra/doors/plain.ts'
import type { BuiltName } from '../infra/functions.ts'
import type { Stage } from '../infra/stage.ts'
import { toBuiltDigest } from './deployment.ts'

/** Where packaging writes what can be deployed without osls. */
export const plainFolder = '.serverless/plain'

/**
 * Writes a template that needs no osls beside the zips that osls has packed, each named after its content. The same
 * sources and stage always give the same bytes.
 *
 * @param root the folder of the project
 */
export function writePlainDoor(stage: Stage, root: string): void {
  const folder = join(root, plainFolder)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const files = new Map(listPlans(stage).map(([name]) => [name, copyZip(name, root)]))
  const template = toPlainTemplate(stage, (name) => ({
    file: files.get(name) ?? '',
    digest: toBuiltDigest(name, stage),
  }))
  writeFileSync(join(folder, plainTemplateFile), `${JSON.stringify(template, null, 2)}\n`)
}

/** Copies the zip of a function, and gives the name of the copy. */
function copyZip(name: BuiltName, root: string): string {
  const packed = join(root, '.serverless', `${name}.zip`)
  const sha256 = createHash('sha256').update(readFileSync(packed)).digest('hex')
  const file = toZipFile(name, sha256)
  cpSync(packed, join(root, plainFolder, file))
  return file
}

/** Says how what was written is deployed without osls. */
export function toPlainHint(stage: Stage): string {
  const commands = toPlainCommands(stage, plainFolder).map((command) =>
    command.replace(/^/gm, '  '),
  )
  return [
    `\nnpm run deploy -- --stage ${stage.name} deploys it. So does the AWS CLI, with a bucket of yours in ${stage.region}:\n`,
    ...commands,
  ].join('\n')
}
