// Says what a pasted answer, request, log line or error means, and looks at what it names in AWS.
import { text as readAll } from 'node:stream/consumers'
import { explain } from '../core/explain/explain.ts'
import type { Looked } from '../core/explain/look.ts'
import { type FullExplanation, toFullExplanation } from '../runbook/explanation.ts'
import { toExplanationText } from '../runbook/explanation-text.ts'
import { toLookedText } from '../runbook/looked-text.ts'
import { readCommandLine, refuse } from './command-line.ts'
import { commands } from './commands.ts'
import type { NamedStage } from './deploy/site.ts'
import { lookInAws } from './explain/look-in-aws.ts'
import { readStage } from './stage-file.ts'

const exitCodes = { known: 0, unknown: 1, unusable: 2 } as const

process.stdout.on('error', () => {})
// The SDK and the AWS CLI may still wait for what came too late.
const exitCode = await main()
process.stdout.write('', () => process.exit(exitCode))

async function main(): Promise<number> {
  const { args, options } = readCommandLine(commands.explain)
  const { requestId, hours } = options
  const stage = readNamedStage(options.stage)
  const pasted = await readPasted(args[0].join(' '))
  const isEmpty = pasted.trim() === ''
  if (isEmpty && requestId === undefined) {
    process.stderr.write('nothing to explain: give a text, or pipe one in. See --help.\n')
    return exitCodes.unusable
  }
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const { explanation, looked } = options.offline
    ? { explanation: explain(pasted, requestId), looked: undefined }
    : await lookInAws({ pasted, requestId, stage, hours, say })
  const full = toFullExplanation(explanation, looked)
  const isFound = !isEmpty || looked?.record?.ok === true
  if (options.json) process.stdout.write(`${toJson(full)}\n`)
  else if (isFound) process.stdout.write(`${toExplanationText(full)}\n`)
  else showLookUp(requestId ?? '', looked)
  if (isFound) return full.from === 'nothing' ? exitCodes.unknown : exitCodes.known
  return toLookUpCode(looked)
}

/** Without a look, saying how to get the record is all that was asked. */
function toLookUpCode(looked: Looked | undefined): number {
  if (looked?.record?.ok !== false) return exitCodes.known
  return looked.record.isAbsent ? exitCodes.unknown : exitCodes.unusable
}

function readNamedStage(name: string | undefined): NamedStage | undefined {
  if (name === undefined) return undefined
  const read = readStage(name)
  return read.ok ? { name, stage: read.stage } : refuse(`${read.problems.join('\n')}\n`)
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
function showLookUp(requestId: string, looked: Looked | undefined): void {
  const seen = looked === undefined ? '' : `${toLookedText(looked)}\n\n`
  process.stdout.write(`${seen}Get the record of this request:
  $ npm run explain -- --stage STAGE --request-id ${requestId}
Or with the AWS CLI:
  $ aws logs filter-log-events --log-group-name /aws/lambda/token-proxy-STAGE-oauth2 \\
      --filter-pattern '{ $.request_id = "${requestId}" }' --query 'events[].message' --output text \\
      | npm run explain
  STAGE: the name of the stage, as in stages/STAGE.json
`)
}
