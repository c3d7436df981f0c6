import type { JsonSchema } from './record-schema/fields.ts'
import { toStageSchema } from './stage-schema.ts'

/** Writes the fields of a stage file as types of TypeScript, for the construct of the CDK. */
export function toStageDeclarations(): string {
  const { properties }: ObjectSchema = Object(toStageSchema())
  // Another stage file is for `npm run deploy`, which reads both.
  const { $schema: _, replicaOf: __, clients, ...stage } = properties
  const client: ObjectSchema = Object(clients?.['items'])
  return [
    '// Generated from the tables of settings: npm run generate.',
    '',
    '/** The fields of a stage; `region` is that of the stack where that is known. */',
    toInterface('StageFields', { ...stage, clients: undefined }, ['clients']),
    '',
    '/** The fields of an app client. */',
    toInterface('StageClient', client.properties, client.required),
    '',
  ].join('\n')
}

interface ObjectSchema {
  readonly properties: Readonly<Record<string, JsonSchema>>
  readonly required: readonly string[]
}

function toInterface(
  name: string,
  properties: Readonly<Record<string, JsonSchema | undefined>>,
  required: readonly string[],
): string {
  const fields = Object.entries(properties).flatMap(([field, schema]) => [
    ...toComment(schema),
    `  readonly ${field}${required.includes(field) ? '' : '?'}: ${toType(schema)}`,
  ])
  return [`export interface ${name} {`, ...fields, '}'].join('\n')
}

/** Undefined stands for the list of clients, which have a name of their own. */
function toType(schema: JsonSchema | undefined): string {
  if (schema === undefined) return 'readonly StageClient[]'
  const { type, items, additionalProperties } = schema
  const choices = schema['enum']
  if (Array.isArray(choices)) return choices.map(toLiteral).join(' | ')
  if (type === 'integer') return 'number'
  if (type === 'array') return `readonly (${toType(Object(items))})[]`.replace(/\((\w+)\)/, '$1')
  if (type === 'object') {
    return `Readonly<Record<string, ${toType(Object(additionalProperties))}>>`
  }
  if (type === 'string' || type === 'boolean') return type
  throw new Error(`no type for ${JSON.stringify(schema)}`)
}

function toLiteral(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}

function toComment(schema: JsonSchema | undefined): readonly string[] {
  if (schema === undefined) return ['  /** The app clients. */']
  const { description, default: byDefault } = schema
  const text = `${description}${byDefault === undefined ? '' : ` By default ${JSON.stringify(byDefault)}.`}`
  return [`  /** ${text} */`]
}
