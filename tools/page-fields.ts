import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AnyNode, type Property, parse } from 'acorn'
import { type Plugin, transformSync } from 'esbuild'

/** Tables of the settings, whose fields say more than the functions need. */
const tables = ['table', 'client-fields', 'field']
/** What only pages and schemas are made from. */
const pageFields: readonly string[] = ['meaning', 'schema', 'derivedFrom']

/** Leaves out of the bundles what the tables of the settings say for pages and schemas alone. */
export function withoutPageFields(root: string): Plugin {
  const files = new Set(tables.map((name) => join(root, 'core', 'settings', `${name}.ts`)))
  return {
    name: 'without-page-fields',
    setup({ onLoad, onStart }) {
      onStart(() => {
        for (const path of files) readFileSync(path)
      })
      onLoad({ filter: /[\\/]core[\\/]settings[\\/][\w-]+\.ts$/ }, ({ path }) =>
        files.has(path) ? { contents: withoutFieldsOnce(readFileSync(path, 'utf8')) } : undefined,
      )
    },
  }
}

/** Every function is bundled by itself, and each bundle has the same tables. */
const known = new Map<string, string>()

function withoutFieldsOnce(source: string): string {
  const text = known.get(source) ?? withoutFields(source)
  known.set(source, text)
  return text
}

function withoutFields(source: string): string {
  const { code } = transformSync(source, { loader: 'ts', target: 'node24' })
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module' })
  // From the last to the first, so that the places of the others stay right.
  const places = findFields(program).toSorted((one, other) => other.start - one.start)
  return places.reduce((text, { start, end }) => {
    const after = text.slice(end).replace(/^\s*,/, '')
    return `${text.slice(0, start)}${after}`
  }, code)
}

/** The fields of object literals, and not those that a pattern takes out of an object. */
function findFields(node: AnyNode): readonly Property[] {
  const own =
    node.type === 'ObjectExpression'
      ? node.properties.filter((one) => one.type === 'Property').filter(isPageField)
      : []
  const inner = Object.values(node)
    .flat()
    .filter((child): child is AnyNode => typeof child?.type === 'string' && !own.includes(child))
  return [...own, ...inner.flatMap(findFields)]
}

function isPageField({ key }: Property): boolean {
  return key.type === 'Identifier' && pageFields.includes(key.name)
}
