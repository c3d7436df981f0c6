/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json
}

/** One value of a template, and where it stands. */
export interface Node {
  readonly path: string
  readonly value: Json
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Every value below this one, and itself. */
export function* walk(node: Node): Generator<Node> {
  yield node
  const { path, value } = node
  if (typeof value !== 'object' || value === null) return
  for (const [name, item] of Object.entries(value) as readonly [string, Json][]) {
    yield* walk({ path: path === '' ? name : `${path}.${name}`, value: item })
  }
}

/** A call of one of CloudFormation's functions: an object whose only key is its name. */
export function toIntrinsic(
  value: Json | undefined,
): { readonly name: string; readonly argument: Json } | undefined {
  if (!isObject(value)) return undefined
  const [[name, argument] = [], ...others] = Object.entries(value)
  if (name === undefined || argument === undefined || others.length > 0) return undefined
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined
}

/** The text of a plain value or of an `Fn::Sub`, its `${…}` left as they are; undefined where it is neither. */
export function toText(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value
  const intrinsic = toIntrinsic(value)
  if (intrinsic?.name !== 'Fn::Sub') return undefined
  const { argument } = intrinsic
  const text: Json | undefined = Array.isArray(argument) ? argument[0] : argument
  return typeof text === 'string' ? text : undefined
}
