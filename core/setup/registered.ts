import { hasSyntax, syntaxes } from '../settings/syntax.ts'
import type { ClientEntry } from './answers.ts'
import type { DescribedSetup } from './described-setup.ts'
import { type StageValue, toEntries } from './stage-text.ts'

/** The lists of a client that its app client has, too, and what differs while they do. */
const lists = [
  {
    field: 'redirectUris',
    toRegistered: ({ callbackUrls }: DescribedSetup) => callbackUrls,
    without: 'Cognito refuses a sign-in with it',
    beyond: 'the proxy refuses an exchange with it',
  },
  {
    field: 'logoutUris',
    toRegistered: ({ logoutUrls }: DescribedSetup) => logoutUrls,
    without: 'Cognito refuses a sign-out with it',
    beyond: 'the proxy does not pass it on',
  },
] as const

/** The flag that ends the difference. */
const flag = '--as-registered'

/**
 * Says in sentences which addresses of a client its app client does not register, and which ones it registers
 * besides: a stage keeps what it has, also after the front end has moved.
 *
 * @param entry the client as the stage file is going to have it
 */
export function toDriftNotes(setup: DescribedSetup, entry: ClientEntry): readonly string[] {
  return lists.flatMap(({ field, toRegistered, without, beyond }) => {
    const own = toTexts(entry[field])
    const registered = toUsable(toRegistered(setup))
    const gone = own.filter((uri) => !toRegistered(setup).includes(uri))
    // Without any, the client has no use for the list.
    const others = own.length === 0 ? [] : registered.filter((uri) => !own.includes(uri))
    return [
      ...toNote(
        gone,
        (uris) =>
          `${field} of the client has ${uris}, which the app client does not register: ${without}. ${flag} drops it.`,
      ),
      ...toNote(
        others,
        (uris) =>
          `the app client registers ${uris}, which ${field} of the client does not have: ${beyond}. ${flag} adds it.`,
      ),
    ]
  })
}

function toNote(uris: readonly string[], say: (uris: string) => string): readonly string[] {
  return uris.length === 0 ? [] : [say(uris.join(' and '))]
}

/**
 * Gives a client of a stage the addresses that its app client registers now, and no others. An origin goes with
 * the last of its addresses.
 */
export function takeRegistered(
  stage: StageValue | undefined,
  setup: DescribedSetup,
): StageValue | undefined {
  if (stage === undefined) return undefined
  const clients = toEntries(stage).map((entry) =>
    entry['clientId'] === setup.clientId ? toRegisteredEntry(entry, setup) : entry,
  )
  return { ...stage, clients }
}

function toRegisteredEntry(entry: ClientEntry, setup: DescribedSetup): ClientEntry {
  const taken = Object.fromEntries(
    lists
      .filter(({ field }) => field in entry)
      .map(({ field, toRegistered }) => [field, toUsable(toRegistered(setup))]),
  )
  const before = toTexts(entry['redirectUris'])
  const after = toTexts(taken['redirectUris'])
  const kept = toTexts(entry['origins']).filter(
    (origin) => !before.some(isOf(origin)) || after.some(isOf(origin)),
  )
  return { ...entry, ...taken, origins: [...new Set([...kept, ...toNewOrigins(before, after)])] }
}

/** The origins of the addresses that were not there before; an app's own scheme has none. */
function toNewOrigins(before: readonly string[], after: readonly string[]): readonly string[] {
  return after
    .filter((uri) => !before.includes(uri))
    .flatMap((uri) => /^https?:\/\/(?!127\.0\.0\.1|\[::1\])[^/?#]+/.exec(uri) ?? [])
    .filter((origin) => hasSyntax(origin, syntaxes.origin))
}

function isOf(origin: string): (uri: string) => boolean {
  return (uri) => uri === origin || uri.startsWith(`${origin}/`) || uri.startsWith(`${origin}?`)
}

function toUsable(uris: readonly string[]): readonly string[] {
  return [...new Set(uris.filter((uri) => hasSyntax(uri, syntaxes.redirectUri)))]
}

function toTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
