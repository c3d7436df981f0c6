import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseJson } from '../core/json.ts'
import { type ParsedStage, parseStage } from '../infra/stage.ts'

const folder = join(import.meta.dirname, '..', 'stages')

/** Reads `stages/NAME.json`; the names are those of the files that exist, so none leads elsewhere. */
export function readStage(name: string): ParsedStage {
  const names = readdirSync(folder)
    .filter((file) => /^[a-z][a-z0-9-]{0,31}\.json$/.test(file))
    .map((file) => basename(file, '.json'))
  if (!names.includes(name)) {
    const problem = `there is no file of that name in stages/, only ${names.join(', ')}`
    return { ok: false, problems: [problem] }
  }
  const value = parseJson(readFileSync(join(folder, `${name}.json`), 'utf8'))
  return value === undefined
    ? { ok: false, problems: ['the file is not JSON'] }
    : parseStage(value, name)
}
