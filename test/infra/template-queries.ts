import { readDashboards } from './template-metrics.ts'
import { isObject, type Json, toIntrinsic, toText, walk } from './template-tree.ts'

/** One Logs Insights query of the template. */
export interface NamedQuery {
  readonly path: string
  readonly text: string
  /** The names of the log groups that it reads, resolved. */
  readonly logGroups: readonly string[]
}

/** Every name of a log group in the template, by the logical id of the group. */
export function toLogGroupNames(template: Json): ReadonlyMap<string, string> {
  const resources = isObject(template) ? template['Resources'] : undefined
  const groups = Object.entries(isObject(resources) ? resources : {}).flatMap(([id, resource]) => {
    if (!isObject(resource) || resource['Type'] !== 'AWS::Logs::LogGroup') return []
    const properties = resource['Properties']
    const name = isObject(properties) ? toText(properties['LogGroupName']) : undefined
    return name === undefined ? [] : [[id, name] as const]
  })
  return new Map(groups)
}

/** Every query that is saved by the stack or shown on its dashboard, and what metric filters look at. */
export function findQueries(template: Json): readonly NamedQuery[] {
  const groups = toLogGroupNames(template)
  const saved = [...walk({ path: '', value: template })].flatMap(({ path, value }) => {
    if (!isObject(value) || value['QueryString'] === undefined) return []
    const text = toText(value['QueryString']) ?? ''
    const names = Array.isArray(value['LogGroupNames']) ? value['LogGroupNames'] : []
    return [{ path, text, logGroups: names.map((name: Json) => toGroupName(name, groups)) }]
  })
  const filters = [...walk({ path: '', value: template })].flatMap(({ path, value }) => {
    const pattern = isObject(value) ? toText(value['FilterPattern']) : undefined
    if (!isObject(value) || pattern === undefined) return []
    const names = [...pattern.matchAll(/\$\.(\w+)/g)].map(([, name = '']) => name)
    const logGroups = [toGroupName(value['LogGroupName'] ?? null, groups)]
    return [{ path, text: `fields ${names.join(', ')}`, logGroups }]
  })
  const shown = readDashboards(template).flatMap(({ path, body }) =>
    [...walk({ path, value: body })].flatMap(({ path, value }) => {
      const query = isObject(value) ? toText(value['query']) : undefined
      return query === undefined ? [] : [readSources(path, query, groups)]
    }),
  )
  return [...saved, ...filters, ...shown]
}

/** A widget's query begins with the log groups: `SOURCE 'one' | SOURCE 'two' | fields …`. */
function readSources(path: string, query: string, groups: ReadonlyMap<string, string>): NamedQuery {
  const source = /^\s*SOURCE\s+['"]?([^'"|]+?)['"]?\s*\|/
  const logGroups: string[] = []
  let text = query
  for (let found = source.exec(text); found !== null; found = source.exec(text)) {
    logGroups.push(toGroupName(found[1] ?? '', groups))
    text = text.slice(found[0].length)
  }
  return { path, text, logGroups }
}

function toGroupName(value: Json, groups: ReadonlyMap<string, string>): string {
  const intrinsic = toIntrinsic(value)
  if (intrinsic?.name === 'Ref') return groups.get(String(intrinsic.argument)) ?? '(no log group)'
  const text = toText(value) ?? JSON.stringify(value)
  return text.replace(/^\$\{(\w+)\}$/, (whole, id: string) => groups.get(id) ?? whole)
}

/** The fields that a query reads, and the texts that it compares one of them with. */
export interface QueryWords {
  readonly fields: readonly string[]
  readonly compared: readonly (readonly [field: string, text: string])[]
}

const words = /@?[A-Za-z_]\w*(?:\.\w+)*/g
const keywords = new Set(
  [
    ...['fields', 'filter', 'stats', 'sort', 'limit', 'display', 'parse', 'dedup', 'pattern'],
    ...['by', 'as', 'and', 'or', 'not', 'in', 'like', 'asc', 'desc', 'bin', 'is', 'null'],
    ...['true', 'false', 'filterIndex', 'unmask', 'diff', 'unnest', 'into'],
  ].map((word) => word.toLowerCase()),
)

/**
 * Reads the words of a query apart. Whatever is no text, pattern, span, number, command, function or name
 * given in the query itself is a field.
 */
export function readQuery(text: string): QueryWords {
  const compared: (readonly [string, string])[] = []
  const plain = text.replaceAll(/^\s*#.*$/gm, ' ')
  for (const [, field = '', list = ''] of plain.matchAll(
    /([\w.@]+)\s*(?:=|!=|\bnot\s+in\b|\bin\b)\s*(\[[^\]]*\]|'[^']*'|"[^"]*")/g,
  )) {
    for (const [, text = ''] of list.matchAll(/['"]([^'"]*)['"]/g)) compared.push([field, text])
  }
  const bare = plain
    .replaceAll(/'[^']*'|"[^"]*"|\/(?:\\.|[^/\\\n])+\//g, ' ')
    .replaceAll(/\{\{.*?\}\}|\$\{.*?\}/g, ' ')
    .replaceAll(/\b\d[\w.]*/g, ' ')
  const given = new Set(
    [...bare.matchAll(/\bas\s+([\w, ]+)/gi)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim().split(/\s/)[0] ?? ''),
    ),
  )
  const fields = [...bare.matchAll(words)].flatMap(({ 0: word, index }) => {
    const isCall = /^\s*\(/.test(bare.slice(index + word.length))
    return isCall || given.has(word) || keywords.has(word.toLowerCase()) ? [] : [word]
  })
  return { fields: [...new Set(fields)], compared }
}
