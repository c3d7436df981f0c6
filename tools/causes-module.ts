import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { publicRows } from '../core/causes/public-rows.ts'
import { toJsonText } from '../pages/json-text.ts'

let made: string | undefined

/** Bundles the module `token-proxy/causes`, once in a process: esbuild makes the same of the same sources. */
export function bundleCausesModule(): string {
  made ??= bundle()
  return made
}

function bundle(): string {
  const root = join(import.meta.dirname, '..')
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    stdin: {
      contents: `import { toCauseLookup } from './core/causes/answered.ts'
const rows = ${toJsonText(publicRows)}
export const { causeIds, isCauseId, describeCause, findCauses } = toCauseLookup(rows)
export {
  chooseUserAdvice,
  languages,
  toLanguage,
  toUserText,
  userTexts,
} from './core/causes/user-advice.ts'`,
      loader: 'js',
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    banner: { js: '// Generated from core/causes/: do not edit. Its types are in causes.d.ts.' },
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}
