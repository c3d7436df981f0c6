import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import packageFile from '../package.json' with { type: 'json' }
import type { FrontEndFiles } from '../pages/front-ends-page.ts'

const folder = join(import.meta.dirname, '..', 'examples', 'libraries')

/** Reads what the guide for front ends shows. */
export function readFrontEndFiles(): FrontEndFiles {
  const paths = globSync('**/*.{ts,tsx}', { cwd: folder }).map((path) => path.replaceAll('\\', '/'))
  const texts = paths.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')])
  return { texts: Object.fromEntries(texts), versions: packageFile.devDependencies }
}
