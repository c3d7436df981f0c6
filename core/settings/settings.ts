import { parseJson } from '../json.ts'
import { type Client, parseClient, toSafeName } from './client.ts'
import { findCookieProblems } from './cookies.ts'
import { findRuntimeProblems } from './runtime.ts'
import { hasSyntax } from './syntax.ts'
import {
  clientsVariable,
  type NumberSetting,
  numberSettings,
  type TextSetting,
  textSettings,
} from './table.ts'

export type { Client } from './client.ts'

type Numbers = { readonly [N in keyof typeof numberSettings]: number }
type Texts = { readonly [N in keyof typeof textSettings]: string }

/** Everything that a deployment decides, checked and with every default filled in. */
export interface Settings extends Numbers, Texts {
  /** By client id; a `Map`, so that `__proto__` finds nothing. */
  readonly clients: ReadonlyMap<string, Client>
}

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Settings that may be used, or everything that is wrong with them. */
export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | {
      readonly ok: false
      readonly problems: readonly string[]
      /** Usable whatever else is wrong: the refusal has to be counted where the deployment is watched. */
      readonly service: string
    }

/**
 * Reads the settings from the environment and reports every problem at once, by the place where it
 * stands and never by its value. Nothing is opened unless all is well.
 */
export function parseSettings(environment: Environment): ParsedSettings {
  const problems: string[] = []
  const note = (problem: string) => problems.push(problem)
  const clients = readClients(environment[clientsVariable], note)
  const numbers = Object.entries(numberSettings).map(
    ([name, setting]) => [name, readNumber(environment, setting, note)] as const,
  )
  const readable = clients.filter((client) => client !== undefined)
  const settings: Settings = {
    clients: new Map(readable.map((client) => [client.clientId, client])),
    ...(Object.fromEntries(numbers) as Numbers),
    ...readTexts(environment, note),
  }
  for (const problem of findCookieProblems(clients, settings)) note(problem)
  checkEnvironment(environment, note)
  if (settings.secretHardAgeSeconds < settings.secretSoftAgeSeconds) {
    note(`${numberSettings.secretHardAgeSeconds.variable} must not be less than the soft age`)
  }
  if (problems.length === 0) return { ok: true, settings }
  return { ok: false, problems, service: settings.service }
}

type Note = (problem: string) => void

function readClients(text: string | undefined, note: Note): readonly (Client | undefined)[] {
  if (text === undefined || text.trim() === '') {
    note(`${clientsVariable} is missing`)
    return []
  }
  const list = parseJson(text)
  if (!Array.isArray(list)) {
    note(`${clientsVariable} must be a JSON array`)
    return []
  }
  if (list.length === 0) note(`${clientsVariable} must not be empty`)
  const clients = list.map((value, index) =>
    parseClient(value, (field, problem) =>
      note(`${clientsVariable}[${index}]${field === '' ? '' : `.${field}`} ${problem}`),
    ),
  )
  for (const field of ['name', 'clientId'] as const) {
    const values = clients.map((client) => client?.[field])
    for (const [index, value] of values.entries()) {
      const isFirst = values.indexOf(value) === index
      if (value !== undefined && value !== '' && !isFirst) {
        note(`${clientsVariable}[${index}].${field} is repeated`)
      }
    }
  }
  return clients
}

function readNumber(environment: Environment, setting: NumberSetting, note: Note): number {
  const text = environment[setting.variable]
  if (text === undefined || text === '') return setting.byDefault
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= setting.least && value <= setting.most) return value
  note(`${setting.variable} must be a whole number from ${setting.least} to ${setting.most}`)
  return setting.byDefault
}

function readTexts(environment: Environment, note: Note): Texts {
  const entries = Object.entries<TextSetting>(textSettings).map(([name, setting]) => {
    const text = environment[setting.variable] || setting.byDefault
    const isUsable = text === '' || hasSyntax(text, setting.syntax)
    if (!isUsable) note(`${setting.variable} must be ${setting.form}`)
    return [name, text] as const
  })
  const texts = Object.fromEntries(entries) as Texts
  const { syntax, byDefault } = textSettings.service
  // A refusal is counted under it, too.
  return { ...texts, service: hasSyntax(texts.service, syntax) ? texts.service : byDefault }
}

const known: ReadonlySet<string> = new Set([
  clientsVariable,
  ...Object.values(numberSettings).map((setting) => setting.variable),
  ...Object.values(textSettings).map((setting) => setting.variable),
])

function checkEnvironment(environment: Environment, note: Note): void {
  for (const name of Object.keys(environment)) {
    if (name.startsWith('TOKEN_PROXY_') && !known.has(name)) {
      note(`${toSafeName(name)} is not known`)
    }
  }
  for (const problem of findRuntimeProblems(environment)) note(problem)
}
