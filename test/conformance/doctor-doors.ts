import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Round } from '../../adapters/doctor-round.ts'
import { ensureBuilt } from '../../local/built-functions.ts'
import { openLocalDoctor } from '../../local/doctor.ts'
import { openWorld, type World } from '../../local/world.ts'
import { assertLines } from '../record-schema.ts'

/** The environment of a function or of the command. */
export type Environment = Readonly<Record<string, string>>

/** How a run of the command has ended. */
export interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The doctor's doors in front of the embedded world. */
export interface DoctorDoors {
  readonly world: World
  /** Everything that the doctor has written or returned so far, by any door. */
  readonly said: () => string
  /** The built function, warm. */
  readonly invoke: (event: object) => Promise<Round>
  /** The built function, cold, under settings that differ from the world's own. */
  readonly invokeWith: (env: Environment) => Promise<{
    readonly round: Round
    readonly tookMs: number
    readonly lines: readonly Readonly<Record<string, unknown>>[]
  }>
  /** The command, as a process of its own. */
  readonly run: (args: readonly string[], env?: Environment) => Promise<Ended>
  /** The settings of the world's clients, changed. */
  readonly withClients: (change: object) => Environment
  /** Ends everything; throws where a line is not of the schema. */
  readonly close: () => Promise<void>
}

const command = join(import.meta.dirname, '..', '..', 'tools', 'doctor.ts')
const guard = join(import.meta.dirname, '..', 'loopback-only.ts')

/** Runs the command as a process of its own, with this environment and nothing else. */
export async function runDoctor(args: readonly string[], env: Environment): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', guard, command, ...args], {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, out, err }
}

/** Opens a world whose probes give up early, so that silence is soon over. */
export async function openDoctorDoors(): Promise<DoctorDoors> {
  const world = await openWorld({ port: 0, env: { TOKEN_PROXY_DEADLINE_MS: '1500' } })
  const said: string[] = []
  return {
    world,
    said: () => [...said, ...world.records.lines()].join('\n'),
    invoke: async (event) => {
      const round = (await world.doctor.invoke(event)) as Round
      said.push(JSON.stringify(round))
      return round
    },
    invokeWith: async (env) => {
      const lines: string[] = []
      const all = { ...world.env, ...env }
      const doctor = openLocalDoctor(ensureBuilt(), all, (line) => lines.push(line))
      const startedAtMs = performance.now()
      const round = (await doctor.invoke({ client: 'web' })) as Round
      const tookMs = performance.now() - startedAtMs
      await doctor.close()
      assertLines(lines)
      said.push(JSON.stringify(round), ...lines)
      return { round, tookMs, lines: lines.map((line) => JSON.parse(line)) }
    },
    run: async (args, env = world.env) => {
      const ended = await runDoctor(args, env)
      said.push(ended.out, ended.err)
      return ended
    },
    withClients: (change) => {
      const clients: readonly object[] = JSON.parse(world.env['TOKEN_PROXY_CLIENTS'] ?? '')
      const changed = clients.map((client) => ({ ...client, ...change }))
      return { TOKEN_PROXY_CLIENTS: JSON.stringify(changed) }
    },
    close: async () => {
      await world.close()
      assertLines(world.records.lines())
    },
  }
}

/** The checks of a round that ended so, each with its cause where it has one. */
export function listChecks({ reports }: Round, wanted: 'failed' | 'warning'): readonly string[] {
  return reports.flatMap(({ checks }) =>
    checks
      .filter(({ status }) => status === wanted)
      .map(({ name, cause }) => (cause === undefined ? name : `${name}: ${cause}`)),
  )
}
