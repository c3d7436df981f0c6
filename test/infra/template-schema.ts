import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'
import type {
  PropertyType,
  ResourceProperties,
  Resource as ResourceSpec,
} from '@aws-cdk/service-spec-types'
import { isObject, type Json, type Node, toIntrinsic } from './template-tree.ts'

/** AWS's own description of every CloudFormation resource. */
const spec = loadAwsServiceSpecSync()

/** What a resource may say beside its type and its properties. */
const resourceKeys = new Set([
  ...['Type', 'Properties', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy', 'Metadata'],
])

/** AWS's description of a resource type; undefined where there is none of that name. */
export function findSpec(type: unknown): ResourceSpec | undefined {
  if (typeof type !== 'string') return undefined
  return spec.lookup('resource', 'cloudFormationType', 'equals', type)[0]
}

/** Holds every resource against AWS's own schema; one sentence for each thing that is not as it says. */
export function findSchemaFaults(template: Json): readonly string[] {
  const resources = isObject(template) ? template['Resources'] : undefined
  if (!isObject(resources)) return ['the template has no resources']
  return Object.entries(resources).flatMap(([id, resource]) => checkResource(id, resource))
}

function checkResource(id: string, resource: Json | undefined): readonly string[] {
  if (!isObject(resource)) return [`${id} is no resource`]
  const found = findSpec(resource['Type'])
  if (found === undefined) return [`${id}: AWS knows no type ${String(resource['Type'])}`]
  const odd = Object.keys(resource).filter((key) => !resourceKeys.has(key))
  return [
    ...odd.map((key) => `${id}: a resource has no ${key}`),
    ...checkProperties(id, resource['Properties'] ?? {}, found.properties),
  ]
}

function checkProperties(path: string, value: Json, known: ResourceProperties): readonly string[] {
  if (!isObject(value)) return [`${path} must be an object`]
  const missing = Object.entries(known)
    .filter(([name, { required }]) => required === true && value[name] === undefined)
    .map(([name]) => `${path}.${name} is required`)
  const wrong = Object.entries(value).flatMap(([name, item]) => {
    const property = Object.hasOwn(known, name) ? known[name] : undefined
    if (property === undefined) return [`${path}.${name} is not known`]
    // The older types are those that templates were once written with, and are still taken.
    const types = [property.type, ...(property.previousTypes ?? [])]
    return checkAny({ path: `${path}.${name}`, value: item }, types)
  })
  return [...missing, ...wrong]
}

/** Whether a value is of one of these types; if not, what is wrong with it as the first of them. */
function checkAny(node: Node, types: readonly PropertyType[]): readonly string[] {
  const [first = [], ...others] = types.map((type) => checkValue(node, type))
  return first.length > 0 && others.some((faults) => faults.length === 0) ? [] : first
}

function checkValue(node: Node, type: PropertyType): readonly string[] {
  const { path, value } = node
  if (type.type === 'json') return isObject(value) || Array.isArray(value) ? [] : checkText(node)
  if (type.type === 'union') return checkAny(node, type.types)
  const intrinsic = toIntrinsic(value)
  if (intrinsic !== undefined) return checkIntrinsic(path, intrinsic, type)
  if (type.type === 'array') {
    if (!Array.isArray(value)) return [`${path} must be a list`]
    return value.flatMap((item: Json, index) =>
      checkValue({ path: `${path}[${index}]`, value: item }, type.element),
    )
  }
  if (type.type === 'map') {
    if (!isObject(value)) return [`${path} must be a map`]
    return Object.entries(value).flatMap(([name, item]) =>
      checkValue({ path: `${path}.${name}`, value: item }, type.element),
    )
  }
  if (type.type === 'ref') {
    const definition = spec.get('typeDefinition', type.reference.$ref)
    return checkProperties(path, value, definition.properties)
  }
  if (type.type === 'tag') return checkProperties(path, value, tagProperties)
  return checkScalar(node, type)
}

const tagProperties: ResourceProperties = {
  Key: { type: { type: 'string' }, required: true },
  Value: { type: { type: 'string' }, required: true },
}

type Scalar = Extract<
  PropertyType,
  { readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'date-time' | 'null' }
>

function checkScalar(node: Node, type: Scalar): readonly string[] {
  const { path, value } = node
  if (type.type === 'number') return typeof value === 'number' ? [] : [`${path} must be a number`]
  if (type.type === 'integer') {
    return Number.isInteger(value) ? [] : [`${path} must be a whole number`]
  }
  if (type.type === 'boolean') {
    return typeof value === 'boolean' ? [] : [`${path} must be true or false`]
  }
  if (type.type === 'null') return value === null ? [] : [`${path} must be null`]
  const allowed = type.type === 'string' ? type.allowedValues : undefined
  const isOdd = allowed !== undefined && !allowed.includes(String(value))
  return isOdd ? [`${path} must be one of ${allowed.join(', ')}`] : checkText(node)
}

function checkText({ path, value }: Node): readonly string[] {
  return typeof value === 'string' ? [] : [`${path} must be a text`]
}

/** A function of CloudFormation gives a text, but for the two that give a list. */
function checkIntrinsic(
  path: string,
  { name }: { readonly name: string },
  type: PropertyType,
): readonly string[] {
  const gives = name === 'Fn::Split' || name === 'Fn::GetAZs' ? 'array' : 'string'
  const isTaken = type.type === gives || (gives === 'string' && type.type === 'date-time')
  return isTaken ? [] : [`${path} is of type ${type.type}, and ${name} gives no such value`]
}
