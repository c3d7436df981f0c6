import {
  Command,
  CommanderError,
  type CommandUnknownOpts,
  InvalidArgumentError,
  type OptionValues,
} from '@commander-js/extra-typings'
import { isRequestId } from '../core/gateway-event.ts'

/** The exit code of a command line that cannot be used; nothing was done. */
export const unusable = 2

const highestPort = 65_535

/** Begins the description of an npm script of the project. */
export function describe(script: string, summary: string) {
  const typed = ['start', 'test'].includes(script) ? `npm ${script}` : `npm run ${script}`
  return new Command(`${typed} --`).description(summary)
}

/** What a command line asks for, or the text with which the command ends instead. */
export type ParsedCommandLine<Arguments, Options> =
  | { readonly ok: true; readonly args: Arguments; readonly options: Options }
  | { readonly ok: false; readonly exitCode: number; readonly text: string }

/** Parses what follows the name of a command: `--help` ends it with 0, a mistake with 2. */
export function parseCommandLine<Arguments extends unknown[], Options extends OptionValues>(
  command: Command<Arguments, Options>,
  words: readonly string[],
): ParsedCommandLine<Arguments, Options> {
  let text = ''
  const write = (more: string) => {
    text += more
  }
  command.exitOverride().configureOutput({ writeOut: write, writeErr: write })
  try {
    command.parse(words, { from: 'user' })
    return { ok: true, args: command.processedArgs, options: command.opts() }
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown
    return thrown.exitCode === 0
      ? { ok: false, exitCode: 0, text }
      : { ok: false, exitCode: unusable, text: toOneLine(text, words) }
  }
}

/** Reads the command line of this process, or ends it with the text to read instead. */
export function readCommandLine<Arguments extends unknown[], Options extends OptionValues>(
  command: Command<Arguments, Options>,
  words: readonly string[] = process.argv.slice(2),
): { readonly args: Arguments; readonly options: Options } {
  const parsed = parseCommandLine(command, words)
  if (parsed.ok) return parsed
  if (parsed.exitCode === unusable) return refuse(parsed.text)
  process.stdout.write(parsed.text)
  process.exit(0)
}

/**
 * Ends the process because of a flag that is not there. It is no required flag of the parser, which would
 * complain of it before it names a mistyped one.
 */
export function refuseWithout(flag: string): never {
  return refuse(toOneLine(`error: option '${flag}' is missing.`, []))
}

/** Ends the process because of a command line that cannot be used. */
export function refuse(text: string): never {
  process.stderr.write(text)
  process.exit(unusable)
}

/** A mistake in one line, without what was typed where that is long or odd enough to be a credential. */
function toOneLine(text: string, words: readonly string[]): string {
  const hidden = words
    .flatMap((word) => [word, ...word.split('=')])
    .filter((word) => !/^(?:[-a-z]{0,30}|[\w.-]{0,7})$/i.test(word))
  const shown = hidden.reduce((shorter, word) => shorter.replaceAll(word, '…'), text.trim())
  return `${shown.replaceAll('\n', ' ')} See --help.\n`
}

/** The long flags of a command, `--help` left out. */
export function listFlags(command: CommandUnknownOpts): readonly string[] {
  return command.options.flatMap(({ long }) => long ?? [])
}

/**
 * Makes the parser of a port.
 *
 * @param following how many ports after it must exist, too
 */
export function toPort(following: number): (text: string) => number {
  return (text) => {
    const port = Number(text)
    if (/^\d{1,5}$/.test(text) && port + following <= highestPort) return port
    throw new InvalidArgumentError(
      `It must be a whole number from 0 to ${highestPort - following}.`,
    )
  }
}

/** Parses the address of a deployment, which may have a base path: https, or http on a loopback host. */
export function toDeploymentUrl(text: string): string {
  const url = URL.parse(text)
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '')
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback)
  const extras = [url?.search, url?.hash, url?.username, url?.password]
  if (url === null || !isSafe || extras.some((part) => part !== '')) {
    throw new InvalidArgumentError('It must be an https address without query and credentials.')
  }
  return url.href.replace(/\/$/, '')
}

/** Parses the name of a stage, which is also that of its file. */
export function toStageName(text: string): string {
  if (/^[a-z][a-z0-9-]{0,31}$/.test(text)) return text
  throw new InvalidArgumentError('It must match [a-z][a-z0-9-]{0,31}.')
}

/** Parses how many of something there are. */
export function toCount(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 1 to 999999.')
}

/** Parses the id of a request, as an answer and a record of the proxy have it. */
export function toRequestId(text: string): string {
  if (isRequestId(text)) return text
  throw new InvalidArgumentError('It must be the id of a request, as in x-request-id.')
}
