import { hasSyntax, type TextSyntax } from './syntax.ts'

/** Notes a problem of a field, or at a place within it; values are never part of it. */
export type NoteProblem = (problem: string, place?: string) => void

/** One field of a JSON object in the settings: how it is read, and what a page or a schema says of it. */
export interface Field<Value> {
  readonly required: boolean
  /** What it is where it is left out. */
  readonly byDefault?: Value
  /** The field from which its default follows. */
  readonly derivedFrom?: string
  readonly meaning: string
  /** What an editor can check: keywords of JSON Schema, dialect 2020-12. */
  readonly schema: Readonly<Record<string, unknown>>
  /** Reads a value; where a problem was noted, what it gives is only there to be checked further. */
  readonly parse: (value: unknown, note: NoteProblem) => Value
}

type FieldTable = Readonly<Record<string, Field<unknown>>>
/** What the fields of a table are read as. */
export type ValuesOf<Table extends FieldTable> = {
  readonly [N in keyof Table]: ReturnType<Table[N]['parse']>
}

/** Reads every field of a table; a problem is noted with the path of the field. */
export function readFields<Table extends FieldTable>(
  table: Table,
  given: Readonly<Record<string, unknown>>,
  note: (path: string, problem: string) => void,
): ValuesOf<Table> {
  const entries = Object.entries(table).map(([name, field]) => [
    name,
    field.parse(given[name], (problem, place = '') => note(`${name}${place}`, problem)),
  ])
  return Object.fromEntries(entries)
}

/** A text, the rule that it has to follow, and what it means. */
interface TextRow {
  readonly syntax: TextSyntax
  /** Follows the name of the field in a problem. */
  readonly rule: string
  readonly meaning: string
}

/** Makes a field that must be there, and is a text. */
export function textField({ syntax, rule, meaning }: TextRow): Field<string> {
  return {
    required: true,
    meaning,
    schema: { type: 'string', pattern: syntax.pattern.source },
    parse: (value, note) => {
      if (value === undefined) note('is missing')
      else if (!hasSyntax(value, syntax)) note(rule)
      return typeof value === 'string' ? value : ''
    },
  }
}

/** Makes a field that is a text, and may be left out. */
export function optionalTextField(row: TextRow): Field<string | undefined> {
  const field = textField(row)
  return {
    ...field,
    required: false,
    parse: (value, note) => (value === undefined ? undefined : field.parse(value, note)),
  }
}

/** Makes a field that is a list of different texts. Without a default it must be there. */
export function listField(
  row: TextRow & {
    readonly byDefault?: readonly string[]
    /** What the rule has to add about an item that breaks it. */
    readonly explain?: (item: unknown) => string
  },
): Field<readonly string[]> {
  const { syntax, rule, explain = () => '', ...shown } = row
  const required = row.byDefault === undefined
  const items = { type: 'string', pattern: syntax.pattern.source }
  return {
    ...shown,
    required,
    schema: { type: 'array', items, uniqueItems: true },
    parse: (value, note) => {
      if (value === undefined && required) note('is missing')
      const toRule = (item: unknown) => `${rule}${explain(item)}`
      return readList(value, (item) => hasSyntax(item, syntax), toRule, note)
    },
  }
}

/** Makes a field that names some of a few values; all of them where it is left out. */
export function subsetField<Value extends string>(
  values: readonly Value[],
  { rule, meaning }: Omit<TextRow, 'syntax'>,
): Field<readonly Value[]> {
  return {
    required: false,
    byDefault: values,
    meaning,
    schema: { type: 'array', items: { enum: values }, uniqueItems: true, minItems: 1 },
    parse: (value, note) => {
      const isKnown = (item: unknown) => values.some((known) => known === item)
      const named = value === undefined ? values : readList(value, isKnown, () => rule, note)
      // A list whose members are all unusable is not empty.
      if (value === null || (Array.isArray(value) && value.length === 0)) note('must not be empty')
      return values.filter((known) => named.includes(known))
    },
  }
}

/** Makes a field that is one of a few values. */
export function choiceField<Value extends string | number>(
  values: readonly Value[],
  { rule, ...row }: { readonly byDefault: Value; readonly rule: string; readonly meaning: string },
): Field<Value> {
  return {
    ...row,
    required: false,
    schema: { enum: values },
    parse: (value, note) => {
      const known = values.find((one) => one === (value ?? row.byDefault))
      if (known === undefined) note(rule)
      return known ?? row.byDefault
    },
  }
}

/** Makes a field that is true or false. */
export function switchField(row: {
  readonly byDefault: boolean
  readonly meaning: string
}): Field<boolean> {
  return {
    ...row,
    required: false,
    schema: { type: 'boolean' },
    parse: (value, note) => {
      const given = value ?? row.byDefault
      if (typeof given === 'boolean') return given
      note('must be true or false')
      return row.byDefault
    },
  }
}

/** Makes a field that is a whole number; both bounds are allowed. */
export function wholeNumberField(row: {
  readonly byDefault: number
  readonly least: number
  readonly most: number
  readonly meaning: string
}): Field<number> {
  const { byDefault, least, most, meaning } = row
  return {
    required: false,
    byDefault,
    meaning,
    schema: { type: 'integer', minimum: least, maximum: most },
    parse: (value, note) => {
      const given = value ?? byDefault
      const isWhole = typeof given === 'number' && Number.isInteger(given)
      if (isWhole && given >= least && given <= most) return given
      note(`must be a whole number from ${least} to ${most}`)
      return byDefault
    },
  }
}

function readList(
  value: unknown,
  check: (item: unknown) => boolean,
  toRule: (item: unknown) => string,
  note: NoteProblem,
): readonly string[] {
  const given = value ?? []
  if (!Array.isArray(given)) {
    note('must be a list')
    return []
  }
  const texts: string[] = []
  for (const [index, item] of given.entries()) {
    if (!check(item)) note(toRule(item), `[${index}]`)
    else if (texts.includes(item)) note('is repeated', `[${index}]`)
    else texts.push(item)
  }
  return texts
}
