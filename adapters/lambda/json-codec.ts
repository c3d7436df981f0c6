import { NormalizedSchema } from '@smithy/core/schema'

/**
 * Writes the input of a call as JSON. The build puts it in the place of the SDK's own serializer, which also
 * knows how each schema writes times, bytes and big numbers. The calls of the functions have none of them, and
 * one that had would throw. Every field that a call needs has to be given, the token that makes it idempotent
 * included.
 */
export class JsonShapeSerializer2 {
  #input: unknown

  /** The SDK hands over what its other serializers need. */
  setSerdeContext(): void {}

  write(_schema: unknown, input: unknown): void {
    this.#input = input
  }

  flush(): string {
    return JSON.stringify(this.#input, refuseObjects)
  }
}

function refuseObjects(this: unknown, key: string, value: unknown): unknown {
  const given: unknown = Object(this)[key]
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return value
  const prototype: unknown = Object.getPrototypeOf(given)
  if (prototype === Object.prototype || prototype === null) return value
  throw new TypeError(`${key} is not plain JSON`)
}

/**
 * Reads an answer of JSON, with its times as dates. The build puts it in the place of the SDK's own
 * deserializer, which also reads bytes, big numbers and documents: no answer that the functions use has any.
 */
export class JsonShapeDeserializer2 {
  /** The SDK hands over what its other deserializers need. */
  setSerdeContext(): void {}

  async read(schema: Schema, body: Uint8Array): Promise<unknown> {
    const text = Buffer.from(body).toString('utf8')
    return this.readObject(schema, text === '' ? {} : JSON.parse(text))
  }

  readObject(schema: Schema, value: unknown): unknown {
    return toTyped(NormalizedSchema.of(schema), value)
  }
}

type Schema = Parameters<typeof NormalizedSchema.of>[0]

function toTyped(schema: NormalizedSchema, value: unknown): unknown {
  if (value === null || value === undefined) return undefined
  // Seconds since 1970, with fractions.
  if (schema.isTimestampSchema()) return new Date(Math.round(Number(value) * 1000))
  if (typeof value !== 'object') return value
  if (schema.isStructSchema()) {
    const given = new Map(Object.entries(value))
    const typed = [...schema.structIterator()].map(
      ([name, member]) => [name, toTyped(member, given.get(name))] as const,
    )
    return Object.fromEntries(typed.filter(([, field]) => field !== undefined))
  }
  if (schema.isListSchema() && Array.isArray(value)) {
    return value.map((item) => toTyped(schema.getValueSchema(), item))
  }
  if (!schema.isMapSchema()) return value
  const member = schema.getValueSchema()
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, toTyped(member, field)]),
  )
}
