const redacted = '[redacted]'

/**
 * A credential that cannot print itself: in JSON, in templates, in `util.inspect` and in errors it reads
 * `[redacted]`. The value leaves only through `reveal`, so that every place that needs it can be found.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  /** Compares in a time that depends on the lengths alone. */
  equals(other: Secret): boolean {
    const mine = this.#value
    const theirs = other.#value
    if (mine.length !== theirs.length) return false
    let difference = 0
    for (let index = 0; index < mine.length; index += 1) {
      difference |= mine.charCodeAt(index) ^ theirs.charCodeAt(index)
    }
    return difference === 0
  }

  toString(): string {
    return redacted
  }

  toJSON(): string {
    return redacted
  }

  get [Symbol.toStringTag](): string {
    return 'Secret'
  }

  [Symbol.toPrimitive](): string {
    return redacted
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return redacted
  }
}
