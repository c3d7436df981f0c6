/** What the names in a template stand for: `AWS::Region`, a logical id, or one with `.Arn` after it. */
export type Substitutions = Readonly<Record<string, string>>

/** One resource of a CloudFormation template. */
export interface TemplateResource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
}

/**
 * Puts what names stand for in the place of `Ref`, `Fn::GetAtt`, `Fn::Sub` and `Fn::Join`, however deep.
 *
 * @throws Error that names a function or a name which nobody has told the meaning of
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
  if (name === 'Fn::GetAtt') {
    return lookUp(Array.isArray(argument) ? argument.join('.') : String(argument), substitutions)
  }
  if (name === 'Fn::Sub') {
    const [text, own = {}] = [argument].flat()
    const values = substitute(own, substitutions) as Substitutions
    return substituteText(String(text), { ...substitutions, ...values })
  }
  if (name === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1])) {
    return argument[1].map((one) => substitute(one, substitutions)).join(String(argument[0]))
  }
  throw new Error(`the function ${name} cannot be evaluated here`)
}

/** Puts what names stand for in the place of `${name}`; `${!name}` stands for `${name}` itself. */
export function substituteText(text: string, substitutions: Substitutions): string {
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) =>
    literal === '' ? lookUp(name, substitutions) : `\${${name}}`,
  )
}

function lookUp(name: string, substitutions: Substitutions): string {
  const value = Object.hasOwn(substitutions, name) ? substitutions[name] : undefined
  if (value === undefined) throw new Error(`nothing is known to stand for ${name}`)
  return value
}
