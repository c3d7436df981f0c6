/** A resource as osls compiles it, before it is written down. */
interface CompiledResource {
  readonly DependsOn?: string | readonly string[]
}

type Resources = Readonly<Record<string, CompiledResource>>

/**
 * Leaves out of each `DependsOn` what a reference enforces already. osls writes both for its functions; AWS's linter
 * warns about each (W3005), and its other warnings would be lost among them.
 */
export function dropEnforcedDependencies(resources: Resources): Resources {
  const kept = Object.entries(resources).map(([id, resource]) => [id, dropEnforced(resource)])
  return Object.fromEntries(kept)
}

function dropEnforced({ DependsOn, ...rest }: CompiledResource): CompiledResource {
  if (DependsOn === undefined) return rest
  const enforced = new Set(findTargets(rest))
  const needed = [DependsOn].flat().filter((id) => !enforced.has(id))
  return needed.length === 0 ? rest : { DependsOn: needed, ...rest }
}

/** Every name that `Ref`, `Fn::GetAtt` or `Fn::Sub` leads to. */
function findTargets(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, argument]) => {
    const [first] = [argument].flat()
    if (typeof first === 'string') {
      if (name === 'Ref') return [first]
      if (name === 'Fn::GetAtt') return [first.replace(/\..*/, '')]
      if (name === 'Fn::Sub') return [...toSubTargets(first), ...findTargets(argument)]
    }
    return findTargets(argument)
  })
}

function toSubTargets(text: string): readonly string[] {
  return [...text.matchAll(/\$\{([^!.}]+)/g)].map(([, target = '']) => target)
}
