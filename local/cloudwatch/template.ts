/** The values of names in a template: `AWS::Region`, a logical id, or a logical id followed by `.Arn`. */
export type Substitutions = Readonly<Record<string, string>>

/** One resource of a CloudFormation template. */
export interface TemplateResource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
}

/**
 * Replaces `Ref`, `Fn::GetAtt` and `Fn::Sub` by their values, at any depth.
 *
 * @throws Error that names a function or a name whose meaning is not known
 */
export function substitute(value: unknown, substitutions: Substitutions): unknown {
  if (Array.isArray(value)) return value.map((one) => substitute(one, substitutions))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const [[name, argument] = ['', undefined]] = entries
  if (entries.length === 1 && (name === 'Ref' || name.startsWith('Fn::'))) {
    return callFunction(name, argument, substitutions)
  }
  return Object.fromEntries(entries.map(([key, one]) => [key, substitute(one, substitutions)]))
}

function callFunction(name: string, argument: unknown, substitutions: Substitutions): string {
  if (name === 'Ref') return lookUp(String(argument), substitutions)
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) {
    return lookUp(argument.join('.'), substitutions)
  }
  if (name === 'Fn::Sub' && typeof argument === 'string') {
    return substituteText(argument, substitutions)
  }
  throw new Error(`the function ${name} cannot be evaluated here`)
}

/** Replaces `${name}` by its value. */
export function substituteText(text: string, substitutions: Substitutions): string {
  return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => lookUp(name, substitutions))
}

function lookUp(name: string, substitutions: Substitutions): string {
  const value = Object.hasOwn(substitutions, name) ? substitutions[name] : undefined
  if (value === undefined) throw new Error(`nothing is known to stand for ${name}`)
  return value
}
