/** The properties of one resource, with all references resolved. */
export type Properties = Readonly<Record<string, unknown>>

/**
 * Ensures that no property is ignored.
 *
 * @throws Error that names a property which is not evaluated here
 */
export function refuseOthers(properties: Properties, known: readonly string[]): void {
  for (const name of Object.keys(properties)) {
    if (!known.includes(name)) throw new Error(`the property ${name} cannot be evaluated here`)
  }
}

/** Reads a text. @throws Error that names the property if it is none */
export function readText(properties: Properties, name: string): string {
  const value = properties[name]
  if (typeof value !== 'string') throw new Error(`${name} is no text`)
  return value
}

/** Reads one of a closed set of texts. @throws Error that names the property where it is none of them */
export function readChoice<T extends string>(
  properties: Properties,
  name: string,
  choices: readonly T[],
): T {
  const value = properties[name]
  const choice = choices.find((one) => one === value)
  if (choice === undefined) throw new Error(`${name} is ${value}, not one of ${choices.join()}`)
  return choice
}

/** Reads a number. @throws Error that names the property if it is none */
export function readNumber(properties: Properties, name: string): number {
  const value = properties[name]
  if (typeof value !== 'number') throw new Error(`${name} is no number`)
  return value
}

/** Reads an optional list. @throws Error that names the property if it is none */
export function readList(properties: Properties, name: string): readonly unknown[] {
  const value = properties[name] ?? []
  if (!Array.isArray(value)) throw new Error(`${name} is no list`)
  return value
}

/** Reads an object. @throws Error that names the property if it is none */
export function readObject(value: unknown, name: string): Properties {
  if (typeof value !== 'object' || value === null) throw new Error(`${name} is no object`)
  return { ...value }
}
