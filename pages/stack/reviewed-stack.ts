import { toTemplate } from '../../infra/deployment.ts'
import { toEdgeTemplate } from '../../infra/edge/template.ts'
import type { Resource } from '../../infra/resource.ts'
import type { Stage } from '../../infra/stage.ts'
import { toCode } from '../../runbook/markdown.ts'

/** The resources of a stage by their logical ids, those of the stack in front included. */
export type Resources = Readonly<Record<string, Resource>>

/** Makes every resource that a stage deploys. */
export function toResources(stage: Stage): Resources {
  const own = toTemplate(stage, undefined, () => 'code').Resources
  return stage.edge === 'off' ? own : { ...own, ...toEdgeTemplate(stage).Resources }
}

/** Picks the resources of some types, in the order of the template. */
export function ofType(
  resources: Resources,
  ...types: readonly string[]
): readonly (readonly [id: string, properties: Resource['Properties']])[] {
  return Object.entries(resources)
    .filter(([, { Type }]) => types.includes(Type))
    .map(([id, { Properties }]) => [id, Properties])
}

/** Writes a value of a template for people: what a function of CloudFormation refers to stands by its logical id. */
export function toWords(value: unknown): string {
  if (typeof value === 'string') return toShort(value)
  if (Array.isArray(value)) return value.map(toWords).join(', ')
  const [[name, argument] = ['', value]] = Object.entries(Object(value))
  if (name === 'Ref') return toShort(String(argument))
  if (name === 'Fn::GetAtt') return String([argument].flat()[0])
  if (name === 'Fn::Sub') return toShort(String([argument].flat()[0]))
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as readonly [string, readonly unknown[]]
    return parts.map(toWords).join(separator)
  }
  return JSON.stringify(value)
}

/** Writes several values as code. */
export function toCodes(values: unknown): string {
  return [values]
    .flat()
    .map((value) => toCode(toWords(value)))
    .join(', ')
}

function toShort(text: string): string {
  const pseudo = text.replace(/^AWS::(\w+)$/, (_, name: string) => toCapitals(name))
  return pseudo.replace(/\$\{(?:AWS::)?([\w.]+)\}/g, (_, name: string) =>
    /^[A-Z]\w+Id$|^Region$|^Partition$|^StackName$/.test(name)
      ? toCapitals(name)
      : name.replace(/\.Arn$/, ''),
  )
}

/** What AWS fills in. */
function toCapitals(name: string): string {
  return { AccountId: 'ACCOUNT', StackName: 'STACK' }[name] ?? name.toUpperCase()
}
