import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { toRecordSchema } from '../pages/record-schema.ts'

const schema = toRecordSchema()
const ajv = new Ajv2020({ strict: true, allErrors: true }).addSchema(schema, 'line')
const isKnownLine = compile('line')
const kinds = Object.keys(schema['$defs'] ?? {}).map((kind) => compile(`line#/$defs/${kind}`))

/** What the platform, and not the function, writes of an invocation that it had to end. */
const platformLine = /^\S+Z \S+ (?:Task timed out after|Runtime exited with) /

function compile(key: string): ValidateFunction {
  const validate = ajv.getSchema(key)
  if (validate === undefined) throw new Error(`there is no schema ${key}`)
  return validate
}

/** Says what is wrong with a line that a function has written; undefined where the schema allows it. */
export function findFault(line: string): string | undefined {
  if (platformLine.test(line)) return undefined
  const value = parse(line)
  const isMetrics = typeof value === 'object' && value !== null && '_aws' in value
  if (isMetrics || isKnownLine(value)) return undefined
  // Of all kinds of lines it is meant to be the one that it comes nearest to.
  const [nearest = []] = kinds
    .map((validate) => (validate(value) ? [] : [...(validate.errors ?? [])]))
    .sort((one, other) => one.length - other.length)
  const faults = nearest.map(({ instancePath, message, params }) =>
    [instancePath, message, JSON.stringify(params)].join(' ').trim(),
  )
  return `not as docs/record.schema.json has it: ${faults.join('; ')}: ${line}`
}

/** Holds everything that a function has written to the schema of its lines; throws at the first other one. */
export function assertLines(lines: readonly string[]): void {
  for (const line of lines) {
    const fault = findFault(line)
    if (fault !== undefined) throw new Error(fault)
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return line
  }
}
