import { clientFields } from '../core/settings/client-fields.ts'
import type { Field } from '../core/settings/field.ts'
import {
  type NumberSetting,
  numberSettings,
  type TextSetting,
  textSettings,
} from '../core/settings/table.ts'
import { stageFields } from '../infra/stage-fields.ts'
import type { JsonSchema } from './record-schema/fields.ts'

/**
 * Describes `stages/NAME.json` for editors, which complete and check the file while it is written. It knows the
 * shape of every field; what fields demand of each other is checked by `npm run package` alone.
 */
export function toStageSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'A stage of the token proxy',
    description:
      'What one deployment consists of: its app clients, its limits, and who gets its alarms.',
    type: 'object',
    properties: {
      $schema: { type: 'string', description: 'The path of this schema, for editors.' },
      ...toFieldSchemas(stageFields),
      clients: {
        description: 'The app clients.',
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          properties: toFieldSchemas(clientFields),
          required: listRequired(clientFields),
          additionalProperties: false,
        },
      },
      ...toSettingSchemas(),
    },
    required: listRequired(stageFields),
    // A replica takes its clients from the stage of the primary Region.
    anyOf: ['clients', 'replicaOf'].map((name) => ({
      properties: { [name]: true },
      required: [name],
    })),
    additionalProperties: false,
  }
}

type Fields = Readonly<Record<string, Field<unknown>>>

function toFieldSchemas(fields: Fields): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, { meaning, schema, byDefault }]) => [
      name,
      { description: toPlainText(meaning), ...schema, ...toDefault(byDefault) },
    ]),
  )
}

function listRequired(fields: Fields): readonly string[] {
  return Object.entries(fields).flatMap(([name, { required }]) => (required ? [name] : []))
}

/** The stack names its own table. */
const { evidenceTable: _, ...texts } = textSettings

function toSettingSchemas(): Readonly<Record<string, JsonSchema>> {
  const ofNumbers = Object.entries<NumberSetting>(numberSettings).map(
    ([name, { meaning, unit, byDefault, least, most }]) => [
      name,
      {
        description: `${toPlainText(meaning)} In ${unit}.`,
        ...{ type: 'integer', minimum: least, maximum: most, default: byDefault },
      },
    ],
  )
  const ofTexts = Object.entries<TextSetting>(texts).map(
    ([name, { meaning, syntax, choices, byDefault }]) => [
      name,
      {
        description: toPlainText(meaning),
        // An empty text is as good as none.
        ...(choices === undefined
          ? { type: 'string', anyOf: [{ const: '' }, { pattern: syntax.pattern.source }] }
          : { enum: choices }),
        ...toDefault(byDefault),
      },
    ],
  )
  return Object.fromEntries([...ofNumbers, ...ofTexts])
}

function toDefault(byDefault: unknown): JsonSchema {
  return byDefault === undefined ? {} : { default: byDefault }
}

/** Editors show a description as it stands. */
function toPlainText(markdown: string): string {
  return markdown.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1').replaceAll('`', '')
}
