import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import packageFile from '../package.json' with { type: 'json' }
import type { FrontEndFiles } from '../pages/front-ends-page.ts'

const examples = join(import.meta.dirname, '..', 'examples')

/** Reads what the guide for front ends shows. */
export function readFrontEndFiles(): FrontEndFiles {
  return {
    texts: readTexts('libraries'),
    moreTexts: readTexts('more-libraries'),
    versions: packageFile.devDependencies,
  }
}

function readTexts(name: string): Readonly<Record<string, string>> {
  const folder = join(examples, name)
  const paths = globSync('**/*.{ts,tsx}', { cwd: folder }).map((path) => path.replaceAll('\\', '/'))
  const texts = paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')])
  return Object.fromEntries(texts)
}
