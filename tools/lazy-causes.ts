import { join } from 'node:path'
import type { Plugin } from 'esbuild'
import { causes } from '../core/causes/catalogue.ts'

/** The modules of core/causes/ that hold rows of the catalogue, and nothing else. */
const tables = [
  ...['refused-by-proxy', 'cookie', 'rejected-by-cognito', 'rejected-grant'],
  ...['unanswered', 'deployment'],
]

const textsPath = 'causes.json'

/**
 * Moves the rows of the causes out of the bundles into a file beside them, which is read at the first failure:
 * a success needs none of them. Only the candidates stay, because every failure that is made looks there.
 */
export function lazyCauses(root: string): Plugin {
  const folder = join(root, 'core', 'causes')
  const files = new Set(tables.map((name) => join(folder, `${name}.ts`)))
  return {
    name: 'lazy-causes',
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^lazy-causes$/ }, () => ({ path: 'row', namespace: 'lazy-causes' }))
      onResolve({ filter: /^lazy-causes:texts$/ }, () => ({
        path: textsPath,
        namespace: 'lazy-causes',
      }))
      onLoad({ filter: /^row$/, namespace: 'lazy-causes' }, () => ({
        contents: rowModule,
        resolveDir: root,
      }))
      onLoad({ filter: /^causes\.json$/, namespace: 'lazy-causes' }, () => ({
        contents: JSON.stringify(causes),
        loader: 'file',
      }))
      onLoad({ filter: /[\\/]core[\\/]causes[\\/][\w-]+\.ts$/ }, async ({ path }) =>
        files.has(path) ? { contents: toModule(await import(path)), resolveDir: root } : undefined,
      )
    },
  }
}

/** Every field that any row has, but those that stay. */
const lazyFields = [...new Set(Object.values(causes).flatMap((row) => Object.keys(row)))].filter(
  (name) => name !== 'candidates',
)

const rowModule = `
import texts from 'lazy-causes:texts'
import { readFileSync } from 'node:fs'
let rows
const read = (name) => {
  rows ??= JSON.parse(readFileSync(new URL(texts, import.meta.url), 'utf8'))
  return rows[name]
}
export function toRow(name, candidates) {
  const row = { candidates }
  for (const field of ${JSON.stringify(lazyFields)})
    Object.defineProperty(row, field, { enumerable: true, get: () => read(name)[field] })
  return row
}`

/** Writes a module of rows; anything else in it is a mistake, and stops the build. */
function toModule(exported: Readonly<Record<string, unknown>>): string {
  const [[table, rows] = ['', {}], ...others] = Object.entries(exported)
  if (others.length > 0) throw new Error(`${table} stands beside ${others.map(([name]) => name)}`)
  const lines = Object.entries(rows as Readonly<Record<string, { readonly candidates?: unknown }>>)
  return `import { toRow } from 'lazy-causes'
export const ${table} = {
  ${lines.map(([name, { candidates }]) => `${name}: toRow('${name}', ${JSON.stringify(candidates)}),`).join('\n  ')}
}`
}
