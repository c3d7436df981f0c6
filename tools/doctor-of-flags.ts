import { text as readAll } from 'node:stream/consumers'
import { findMissingAwsSetup } from '../adapters/doctor/aws-setup.ts'
import { checkNamedClient } from '../adapters/doctor/named-client.ts'
import { askTrail } from '../adapters/doctor/trail.ts'
import { isAppClientRead } from '../core/doctor/report.ts'
import { toRound } from '../core/doctor/round.ts'
import { judgeTrail, type TrailReport } from '../core/doctor/trail.ts'
import { syntaxes } from '../core/settings/syntax.ts'
import { toPoolRegion } from '../core/user-pool.ts'
import { refuseWithout } from './command-line.ts'
import { exitCodes, refuse } from './doctor-exit.ts'
import { toRoundText, toTrailText } from './doctor-text.ts'

/** The flags that ask about an app client of any user pool. */
export interface AskedByFlags {
  readonly userPoolId?: string | undefined
  readonly clientId?: string | undefined
  readonly domain?: string | undefined
  readonly redirectUri?: string | undefined
  readonly secretId?: string | undefined
  readonly secretStdin: boolean
  readonly cloudtrail: boolean
  readonly json: boolean
}

const dayMs = 86_400_000

/** Checks the app client that the flags name, prints what was found, and gives the exit code. */
export async function checkByFlags(asked: AskedByFlags): Promise<number> {
  const { userPoolId, clientId } = asked
  if (userPoolId === undefined) return refuseWithout('--user-pool-id')
  if (clientId === undefined) return refuseWithout('--client-id')
  if (!syntaxes.userPoolId.pattern.test(userPoolId))
    return refuse('--user-pool-id is no user pool id')
  // The Region of the pool serves for everything that is asked.
  const region = toPoolRegion(userPoolId)
  process.env['AWS_REGION'] ??= region
  const missing = await findMissingAwsSetup()
  if (missing.length > 0) return refuse(missing.map((one) => `could not check: ${one}`).join('\n'))
  const secretText = asked.secretStdin ? (await readAll(process.stdin)).trim() : undefined
  const { domain, redirectUri, secretId } = asked
  const named = await checkNamedClient({
    ...{ userPoolId, clientId, domain, redirectUri, secretId, secretText },
  })
  if (!named.ok) return refuse(named.problems.map((one) => `could not check: ${one}`).join('\n'))
  const round = toRound([named.report])
  const trail = asked.cloudtrail ? await readTrail(region, clientId) : undefined
  const text = [toRoundText(round), ...(trail === undefined ? [] : [toTrailPart(trail)])].join(
    '\n\n',
  )
  const shown = asked.json ? JSON.stringify({ ...round, trail }, null, 2) : text
  process.stdout.write(`${shown}\n`)
  const isProved = trail !== undefined && 'mismatches' in trail && trail.mismatches.length > 0
  if (!round.isWell || isProved) return exitCodes.wrong
  return isAppClientRead(named.report) ? exitCodes.well : exitCodes.unchecked
}

type ReadTrail = TrailReport | { readonly unread: string }

async function readTrail(region: string, clientId: string): Promise<ReadTrail> {
  const reading = await askTrail(region, clientId, Date.now() - dayMs)
  return reading.ok ? judgeTrail(reading.events, reading.completeSinceMs) : { unread: reading.why }
}

function toTrailPart(trail: ReadTrail): string {
  return 'unread' in trail ? `CloudTrail could not be read: ${trail.unread}` : toTrailText(trail)
}
