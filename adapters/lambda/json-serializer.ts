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
