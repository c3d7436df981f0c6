import { applyOrganisation, type TemplateResource } from './account/organisation.ts'
import { addRouteDependencies, dropEnforcedDependencies } from './resource-order.ts'
import type { Stage } from './stage.ts'

/** A template as osls compiles it: only here its own resources and those of `infra/` are together. */
export interface CompiledTemplate {
  readonly Resources: Readonly<Record<string, CompiledResource>>
}

interface CompiledResource extends TemplateResource {
  readonly DependsOn?: string | readonly string[]
}

/** Changes what osls compiles before it is written: what the stage says of every resource, and the order. */
export function finishTemplate<T extends CompiledTemplate>(template: T, stage: Stage): T {
  const owned = applyOrganisation(template.Resources, stage)
  return { ...template, Resources: dropEnforcedDependencies(addRouteDependencies(owned)) }
}
