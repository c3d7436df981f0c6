import { applyOrganisation, type TemplateResource } from './account/organisation.ts'
import { dropEnforcedDependencies } from './resource-order.ts'
import type { Stage } from './stage.ts'

/** A template with all its resources: those of osls, too, where osls deploys it. */
export interface CompiledTemplate {
  readonly Resources: Readonly<Record<string, TemplateResource>>
}

/** Completes a template: what the stage says of every resource, and the order. A finished template stays as it is. */
export function finishTemplate<T extends CompiledTemplate>(template: T, stage: Stage): T {
  const owned = applyOrganisation(template.Resources, stage)
  return { ...template, Resources: dropEnforcedDependencies(owned) }
}
