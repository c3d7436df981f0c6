// Says what a pasted answer, request, log line or error means. It asks nobody, and shows nothing of the text.
import { text as readAll } from 'node:stream/consumers'
import { explain } from '../core/explain/explain.ts'
import { type FullExplanation, toFullExplanation } from '../runbook/explanation.ts'
import { toExplanationText } from '../runbook/explanation-text.ts'
import { readCommandLine } from './command-line.ts'
import { commands } from './commands.ts'

/** The id goes into a command for a shell, and onto the terminal. */
const requestIdForm = /^[\w=+/.:-]{1,128}$/
const exitCodes = { known: 0, unknown: 1, unusable: 2 } as const

process.stdout.on('error', () => {})
process.exitCode = await main()

async function main(): Promise<number> {
  const { args, options } = readCommandLine(commands.explain)
  const pasted = await readPasted(args[0].join(' '))
  if (pasted.trim() === '') {
    const { requestId } = options
    if (requestId !== undefined && requestIdForm.test(requestId)) return showLookUp(requestId)
    process.stderr.write('nothing to explain: give a text, or pipe one in. See --help.\n')
    return exitCodes.unusable
  }
  const explanation = toFullExplanation(explain(pasted, options.requestId))
  const shown = options.json ? toJson(explanation) : toExplanationText(explanation)
  process.stdout.write(`${shown}\n`)
  return explanation.from === 'nothing' ? exitCodes.unknown : exitCodes.known
}

/** Every field is there whatever is known, so that a program needs to know one shape only. */
function toJson(explanation: FullExplanation): string {
  return JSON.stringify(explanation, (_, value: unknown) => value ?? null, 2)
}

/** A terminal would wait without a word for a text to be typed. */
async function readPasted(argument: string): Promise<string> {
  if (argument !== '' && argument !== '-') return argument
  return process.stdin.isTTY ? '' : readAll(process.stdin)
}

/** Says how to get the record of a request, which says what happened. */
function showLookUp(requestId: string): number {
  process.stdout.write(`Get the record of this request and pipe it in:
  $ aws logs filter-log-events --log-group-name /aws/lambda/token-proxy-STAGE-oauth2 \\
      --filter-pattern '{ $.request_id = "${requestId}" }' --query 'events[].message' --output text \\
      | npm run explain
  STAGE: the name of the stage, as in stages/STAGE.json
`)
  return exitCodes.known
}
