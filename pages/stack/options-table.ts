import { isDeepStrictEqual } from 'node:util'
import type { Resource } from '../../infra/resource.ts'
import { parseStage } from '../../infra/stage.ts'
import { toCode, toTable } from '../../runbook/markdown.ts'
import { leastFields, optionFields, toExampleStage } from './example-stages.ts'
import { type Resources, toResources } from './reviewed-stack.ts'

type Fields = Readonly<Record<string, unknown>>

/** Writes what each option adds to the default stage, together with the fields that it needs. */
export function toOptionsTable(): string {
  const rows = Object.keys(optionFields).map((name) => {
    const { needed, before, after } = findEffect(name)
    return [
      toCode(name),
      needed.map(toCode).join(', '),
      countTypes(Object.entries(after).filter(([id]) => before[id] === undefined)),
      countTypes(
        Object.entries(after).filter(
          ([id, resource]) => before[id] !== undefined && !isDeepStrictEqual(before[id], resource),
        ),
      ),
    ]
  })
  return toTable(['option', 'needs', 'adds', 'changes'], rows)
}

interface Effect {
  readonly needed: readonly string[]
  readonly before: Resources
  readonly after: Resources
}

/** Compares the default stage with and without an option; one that changes nothing there, the stage with all others. */
function findEffect(name: string): Effect {
  const fields = findNeeded(name)
  const needed = Object.keys(fields).filter((other) => other !== name)
  const alone = parseStage({ ...leastFields, ...pick(needed) }, 'prod')
  // Fields that need each other come together.
  const before = toResources(alone.ok ? alone.stage : toExampleStage(leastFields))
  const after = toResources(toExampleStage({ ...leastFields, ...fields }))
  if (!isDeepStrictEqual(before, after)) return { needed, before, after }
  const { [name]: _, ...others } = optionFields
  const rest = parseStage({ ...leastFields, ...others }, 'prod')
  if (!rest.ok) return { needed: listNamed(rest.problems, name), before, after }
  const all = toResources(toExampleStage({ ...leastFields, ...optionFields }))
  const changed = toResources(rest.stage)
  return { needed: [name.replace(/(?:KmsKey|HostedZone)$/, '')], before: changed, after: all }
}

/** The option with the other fields that the check of stages asks for. */
function findNeeded(name: string): Fields {
  const names = new Set([name])
  for (const _ of Object.keys(optionFields)) {
    const parsed = parseStage({ ...leastFields, ...pick([...names]) }, 'prod')
    if (parsed.ok) break
    for (const other of listNamed(parsed.problems, name)) names.add(other)
  }
  return pick([...names])
}

function pick(names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, optionFields[name]]))
}

function listNamed(problems: readonly string[], except: string): readonly string[] {
  const words = new Set(problems.join(' ').match(/\w+/g))
  return Object.keys(optionFields).filter((name) => name !== except && words.has(name))
}

function countTypes(found: readonly (readonly [string, Resource])[]): string {
  const counts = Map.groupBy(found, ([, { Type }]) => Type.replace(/^AWS::/, ''))
  return [...counts]
    .map(([type, all]) => `${all.length === 1 ? '' : `${all.length} × `}${toCode(type)}`)
    .join(', ')
}
