import { parseJson } from '../json.ts'
import { type Client, parseClient, toSafeName } from './client.ts'
import { noteCookieProblems } from './cookies.ts'
import { noteEdgeProblems } from './edge.ts'
import { openProblems, type Problems } from './problems.ts'
import { findRuntimeProblems } from './runtime.ts'
import { hasSyntax } from './syntax.ts'
import {
  clientsVariable,
  type NumberSetting,
  numberSettings,
  type TextSetting,
  textSettings,
  type WatchMode,
} from './table.ts'

export type { Client } from './client.ts'

type Numbers = { readonly [N in keyof typeof numberSettings]: number }
type TextRows = typeof textSettings
type Texts = {
  readonly [N in keyof TextRows]: TextRows[N] extends {
    readonly choices: readonly (infer Choice)[]
  }
    ? Choice
    : string
}

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
      /** The same, and as the deployment is watched. */
      readonly watch: WatchMode
    }

/**
 * Reads the settings from the environment and reports every problem at once, by the place where it
 * stands and never by its value. Nothing is opened unless all is well.
 *
 * @param unusable variables that had a value which could not be set; reported by whoever tried to
 */
export function parseSettings(
  environment: Environment,
  unusable: readonly string[] = [],
): ParsedSettings {
  const problems = openProblems(unusable)
  const { note, isSound, list } = problems
  const clients = readClients(environment[clientsVariable], problems)
  const numbers = Object.entries(numberSettings).map(
    ([name, setting]) => [name, readNumber(environment, setting, note)] as const,
  )
  const readable = clients.filter((client) => client !== undefined)
  const settings: Settings = {
    clients: new Map(readable.map((client) => [client.clientId, client])),
    ...(Object.fromEntries(numbers) as Numbers),
    ...readTexts(environment, note),
  }
  noteCookieProblems(clients, settings, problems)
  noteEdgeProblems(settings, problems)
  checkEnvironment(environment, problems)
  const [hard, soft] = [numberSettings.secretHardAgeSeconds, numberSettings.secretSoftAgeSeconds]
  const isBelow = settings.secretHardAgeSeconds < settings.secretSoftAgeSeconds
  if (isBelow && isSound(hard.variable, soft.variable)) {
    note(hard.variable, 'must not be less than the soft age')
  }
  if (list.length === 0) return { ok: true, settings }
  return { ok: false, problems: list, service: settings.service, watch: settings.watch }
}

type Note = Problems['note']

function readClients(
  text: string | undefined,
  problems: Problems,
): readonly (Client | undefined)[] {
  const { note, isSound } = problems
  if (text === undefined || text.trim() === '') {
    note(clientsVariable, 'is missing')
    return []
  }
  const list = parseJson(text)
  if (!Array.isArray(list)) {
    note(clientsVariable, 'must be a JSON array')
    return []
  }
  if (list.length === 0) note(clientsVariable, 'must not be empty')
  const clients = list.map((value, index) =>
    parseClient(value, `${clientsVariable}[${index}]`, problems),
  )
  for (const field of ['name', 'clientId'] as const) {
    const values = clients.map((client) => client?.[field])
    for (const [index, value] of values.entries()) {
      const place = `${clientsVariable}[${index}].${field}`
      const isFirst = values.indexOf(value) === index
      if (value !== undefined && !isFirst && isSound(place)) note(place, 'is repeated')
    }
  }
  return clients
}

function readNumber(environment: Environment, setting: NumberSetting, note: Note): number {
  const text = environment[setting.variable]
  if (text === undefined || text === '') return setting.byDefault
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= setting.least && value <= setting.most) return value
  note(setting.variable, `must be a whole number from ${setting.least} to ${setting.most}`)
  return setting.byDefault
}

/** What a refusal of the settings is counted by, too. */
const ofRefusals: ReadonlySet<string> = new Set<keyof Texts>(['service', 'watch'])

function readTexts(environment: Environment, note: Note): Texts {
  const entries = Object.entries<TextSetting>(textSettings).map(([name, setting]) => {
    const text = environment[setting.variable] || setting.byDefault
    const isUsable = text === '' || hasSyntax(text, setting.syntax)
    if (!isUsable) note(setting.variable, `must be ${setting.form}`)
    return [name, isUsable || !ofRefusals.has(name) ? text : setting.byDefault] as const
  })
  return Object.fromEntries(entries) as Texts
}

const known: ReadonlySet<string> = new Set([
  clientsVariable,
  ...Object.values(numberSettings).map((setting) => setting.variable),
  ...Object.values(textSettings).map((setting) => setting.variable),
])

function checkEnvironment(environment: Environment, { note, add }: Problems): void {
  for (const name of Object.keys(environment)) {
    if (name.startsWith('TOKEN_PROXY_') && !known.has(name)) {
      note(toSafeName(name), 'is not known')
    }
  }
  add(findRuntimeProblems(environment))
}
