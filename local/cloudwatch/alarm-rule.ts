import { type AlarmState, alarmStates } from './alarm-state.ts'

/** Tells the state of an alarm by the name or ARN that a rule calls it. */
export type StateOf = (name: string) => AlarmState

/** The rule of a composite alarm. */
export interface AlarmRule {
  /** The alarms that it looks at, each once. */
  readonly names: readonly string[]
  readonly isTrue: (stateOf: StateOf) => boolean
}

/** CloudWatch's own limits; elements are alarms, `TRUE`, `FALSE` and parentheses that group. */
const mostNames = 100
const mostElements = 500

/** What is left of a rule, and what was met so far. */
interface Reading {
  readonly text: string
  readonly left: string[]
  readonly names: Set<string>
  elements: number
}

/**
 * Parses an `AlarmRule`: `ALARM("…")`, `OK(…)`, `INSUFFICIENT_DATA(…)`, `TRUE`, `FALSE`, `NOT`, `AND`, `OR`
 * and parentheses. `NOT` binds most strongly and `OR` least.
 *
 * @throws Error that quotes a rule which cannot be read, or is larger than CloudWatch takes
 */
export function parseAlarmRule(text: string): AlarmRule {
  const reading: Reading = { text, left: toTokens(text), names: new Set(), elements: 0 }
  const isTrue = readAny(reading)
  if (reading.left.length > 0) throw refuse(reading, reading.left[0])
  if (reading.names.size > mostNames || reading.elements > mostElements) {
    throw new Error(`a rule has at most ${mostNames} alarms and ${mostElements} elements`)
  }
  return { names: [...reading.names], isTrue }
}

type Test = AlarmRule['isTrue']

function readAny(reading: Reading): Test {
  const tests = readChain(reading, 'OR', readAll)
  return (stateOf) => tests.some((test) => test(stateOf))
}

function readAll(reading: Reading): Test {
  const tests = readChain(reading, 'AND', readOne)
  return (stateOf) => tests.every((test) => test(stateOf))
}

function readChain(reading: Reading, word: string, readPart: (reading: Reading) => Test) {
  const tests = [readPart(reading)]
  while (reading.left[0] === word) {
    reading.left.shift()
    tests.push(readPart(reading))
  }
  return tests
}

function readOne(reading: Reading): Test {
  const word = reading.left.shift()
  if (word === 'NOT') {
    const test = readOne(reading)
    return (stateOf) => !test(stateOf)
  }
  reading.elements += 1
  if (word === 'TRUE' || word === 'FALSE') return () => word === 'TRUE'
  if (word === '(') {
    const test = readAny(reading)
    take(reading, ')')
    reading.elements += 1
    return test
  }
  const state = alarmStates.find((one) => one === word)
  if (state === undefined) throw refuse(reading, word)
  take(reading, '(')
  const name = reading.left.shift() ?? ''
  take(reading, ')')
  reading.names.add(name)
  return (stateOf) => stateOf(name) === state
}

function take(reading: Reading, wanted: string): void {
  const found = reading.left.shift()
  if (found !== wanted) throw refuse(reading, found)
}

function refuse({ text }: Reading, found: string | undefined): Error {
  return new Error(`cannot read the rule ${text}: ${found ?? 'it ends too early'}`)
}

const token = /\s*(?:([()])|"([^"]*)"|([^\s()"]+))/y

function toTokens(text: string): string[] {
  const tokens: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.trimEnd().length) {
    const found = token.exec(text)
    if (found === null) throw new Error(`cannot read the rule ${text}: a quote is open`)
    tokens.push(found[1] ?? found[2] ?? found[3] ?? '')
  }
  return tokens
}
