import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { toRecordSchema } from '../pages/record-schema/record-schema.ts'

const schema = toRecordSchema()
const isKnownLine = loadLineCheck()

/**
 * Compiling the schema takes longer than many a file that needs it: the first test process of a tree does so,
 * and leaves what came out to the others.
 */
function loadLineCheck(): (value: unknown) => boolean {
  const folder = join(import.meta.dirname, '..', 'node_modules', '.cache')
  const digest = createHash('sha256').update(JSON.stringify(schema)).digest('hex')
  const file = join(folder, `record-schema-${digest}.cjs`)
  if (!existsSync(file)) {
    const ajv = new Ajv2020({ strict: true, code: { source: true } })
    const aside = `${file}.${process.pid}`
    mkdirSync(folder, { recursive: true })
    writeFileSync(aside, standalone.default(ajv, ajv.compile(schema)))
    renameSync(aside, file)
    const others = globSync(join(folder, 'record-schema-*.cjs')).filter((one) => one !== file)
    for (const old of others) rmSync(old, { force: true })
  }
  return createRequire(import.meta.url)(file)
}

/** What the platform, and not the function, writes of an invocation that it had to end. */
const platformLine = /^\S+Z \S+ (?:Task timed out after|Runtime exited with) /

/** The checks of each kind of line by itself, once a line is none of them. */
let kinds: readonly ValidateFunction[] | undefined

function compileKinds(): readonly ValidateFunction[] {
  const ajv = new Ajv2020({ strict: true, allErrors: true }).addSchema(schema, 'line')
  return Object.keys(schema['$defs'] ?? {}).map((kind) => {
    const validate = ajv.getSchema(`line#/$defs/${kind}`)
    if (validate === undefined) throw new Error(`there is no schema of ${kind}`)
    return validate
  })
}

/** Says what is wrong with a line that a function has written; undefined where the schema allows it. */
export function findFault(line: string): string | undefined {
  if (platformLine.test(line)) return undefined
  const value = parse(line)
  const isMetrics = isObject(value) && '_aws' in value
  const isRecord = isObject(value) && ('message' in value || 'outcome' in value)
  if ((isMetrics && !isRecord) || isKnownLine(value)) return undefined
  // Of all kinds of lines it is meant to be the one that it comes nearest to.
  kinds ??= compileKinds()
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

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return line
  }
}
