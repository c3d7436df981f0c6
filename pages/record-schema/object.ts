import { type JsonSchema, loggerFieldSchemas } from './fields.ts'

/** One kind of line: the fields that it may have besides the logger's own, and no other. */
export interface LineKind {
  readonly description: string
  readonly message: string
  readonly levels: readonly string[]
  readonly fields: Readonly<Record<string, JsonSchema>>
  readonly required: readonly string[]
  readonly rules?: readonly JsonSchema[]
}

/** Writes one kind of line as a closed object. */
export function toLineSchema(kind: LineKind): JsonSchema {
  const { description, message, levels, fields, required, rules } = kind
  return {
    description,
    type: 'object',
    properties: {
      ...loggerFieldSchemas,
      level: toOneOf(levels),
      message: { const: message },
      ...fields,
    },
    required: [...Object.keys(loggerFieldSchemas), ...required],
    additionalProperties: false,
    ...(rules === undefined ? {} : { allOf: rules }),
  }
}

/** Writes what else holds of the lines of one cause. */
export function toCauseRule(
  cause: string,
  properties: object,
  required: string[] = [],
): JsonSchema {
  return {
    if: { properties: { cause: { const: cause } }, required: ['cause'] },
    // biome-ignore lint/suspicious/noThenProperty: the word is JSON Schema's own
    then: { properties, ...(required.length === 0 ? {} : { required }) },
  }
}

/** Allows one value, or a few. */
export function toOneOf(values: readonly (string | number)[]): JsonSchema {
  const [only, ...more] = values
  return more.length === 0 ? { const: only } : { enum: [...values] }
}

/** Allows the link to the page of one cause. */
export function toRunbookSchema(cause: string): JsonSchema {
  return { type: 'string', pattern: `^https?://.+/${cause}\\.md$` }
}
