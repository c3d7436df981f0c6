import { findSpec } from './template-schema.ts'
import { isObject, type Json, type JsonObject, toIntrinsic, walk } from './template-tree.ts'

/** What CloudFormation itself gives a value to. */
const pseudoParameters = new Set(
  [
    ...['AccountId', 'NotificationARNs', 'NoValue', 'Partition', 'Region', 'StackId', 'StackName'],
    'URLSuffix',
  ].map((name) => `AWS::${name}`),
)

/** Intrinsic functions that the template may call; their arguments are walked like all else. */
const plainFunctions = new Set(['Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::GetAZs', 'Fn::Base64'])

interface Names {
  readonly resources: JsonObject
  readonly parameters: JsonObject
}

/** Finds every reference that leads nowhere: to no resource, or to an attribute that its type has not. */
export function findDanglingReferences(template: Json): readonly string[] {
  if (!isObject(template)) return []
  const names = {
    resources: toObject(template['Resources']),
    parameters: toObject(template['Parameters']),
  }
  const faults: string[] = []
  for (const { path, value } of walk({ path: '', value: template })) {
    const intrinsic = toIntrinsic(value)
    if (intrinsic !== undefined) {
      const { name, argument } = intrinsic
      for (const fault of checkCall(name, argument, names)) faults.push(`${path}: ${fault}`)
    }
  }
  for (const [id, resource] of Object.entries(names.resources)) {
    const needs = isObject(resource) ? [resource['DependsOn'] ?? []].flat() : []
    for (const need of needs) {
      if (!isResource(need, names)) faults.push(`${id} depends on ${need}, which is not there`)
    }
  }
  return faults
}

function checkCall(name: string, argument: Json, names: Names): readonly string[] {
  if (name === 'Ref') return checkRef(argument, names)
  if (name === 'Fn::GetAtt') {
    const [id, ...attribute] = typeof argument === 'string' ? argument.split('.') : toList(argument)
    return checkAttribute(id, attribute.join('.'), names)
  }
  if (name === 'Fn::Sub') return checkSub(argument, names)
  return plainFunctions.has(name) ? [] : [`${name} is not known here`]
}

function checkRef(target: Json, names: Names): readonly string[] {
  const isThere =
    typeof target === 'string' &&
    (pseudoParameters.has(target) ||
      Object.hasOwn(names.parameters, target) ||
      isResource(target, names))
  return isThere ? [] : [`Ref to ${target}, which is not there`]
}

function checkAttribute(id: Json | undefined, attribute: string, names: Names): readonly string[] {
  const resource = isResource(id, names) ? names.resources[id] : undefined
  if (!isObject(resource)) return [`an attribute of ${id}, which is not there`]
  const isKnown = Object.hasOwn(findSpec(resource['Type'])?.attributes ?? {}, attribute)
  return isKnown ? [] : [`${id} has no attribute ${attribute}`]
}

/** `${Name}` and `${Name.Attribute}` refer; `${!Name}` is text. */
function checkSub(argument: Json, names: Names): readonly string[] {
  const [text, own = {}] = Array.isArray(argument) ? toList(argument) : [argument]
  if (typeof text !== 'string') return ['Fn::Sub has no text']
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].flatMap(([, target = '']) => {
    if (isObject(own) && Object.hasOwn(own, target)) return []
    const [id, ...attribute] = target.split('.')
    return attribute.length === 0
      ? checkRef(target, names)
      : checkAttribute(id, attribute.join('.'), names)
  })
}

function isResource(id: Json | undefined, { resources }: Names): id is string {
  return typeof id === 'string' && Object.hasOwn(resources, id)
}

function toObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

function toList(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : []
}
