import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseJson, parseJsonObject } from '../core/json.ts'
import type { StageValue } from '../core/setup/stage-text.ts'
import { joinReplica, toPrimaryName } from '../infra/regions/pair.ts'
import { type ParsedStage, parseStage, type Stage } from '../infra/stage.ts'
import { readBuiltCanary } from './built-canary.ts'

const folder = join(import.meta.dirname, '..', 'stages')

/**
 * Reads `stages/NAME.json`; the names are those of the files that exist, so none leads elsewhere. A stage of a second
 * Region is filled up with what that of the primary Region says.
 */
export function readStage(name: string): ParsedStage {
  const names = listStages()
  if (!names.includes(name)) {
    const problem = `there is no file of that name in stages/, only ${names.join(', ')}`
    return { ok: false, problems: [problem] }
  }
  const value = parseJson(readText(name))
  if (value === undefined) return { ok: false, problems: ['the file is not JSON'] }
  const own = parseJsonObject(readText(name)) ?? {}
  const primaryName = toPrimaryName(own)
  if (primaryName === undefined) return withCanary(parseStage(value, name))
  const primary = readPrimary(primaryName, names)
  if (primary === undefined) {
    const problem = `replicaOf names ${primaryName}, and there is no such stage in stages/`
    return { ok: false, problems: [problem] }
  }
  const joined = joinReplica(own, primary, primaryName)
  return joined.ok ? withPrimary(withCanary(parseStage(joined.value, name)), primaryName) : joined
}

/** Adds the Region of the primary stage, where that can be used. */
function withPrimary(parsed: ParsedStage, primaryName: string): ParsedStage {
  const primary = readStage(primaryName)
  if (!parsed.ok || !primary.ok) return parsed
  return { ok: true, stage: { ...parsed.stage, primaryRegion: primary.stage.region } }
}

/** Adds the script of the canary, where the stage has one and a build has made it. */
function withCanary(parsed: ParsedStage): ParsedStage {
  if (!parsed.ok || parsed.stage.canaryEveryMinutes === 0) return parsed
  const canaryScript = readBuiltCanary()
  return canaryScript === undefined
    ? parsed
    : { ok: true, stage: { ...parsed.stage, canaryScript } }
}

/** The two stages of one user pool in two Regions, by the names of their files. */
export interface StagePair {
  readonly primary: readonly [name: string, stage: Stage]
  readonly replica: readonly [name: string, stage: Stage]
}

/** Finds the pairs that a stage belongs to, as their replica or as their primary; unusable stages are in none. */
export function findPairs(name: string): readonly StagePair[] {
  const own = parseJsonObject(readText(name)) ?? {}
  const replicas =
    toPrimaryName(own) === undefined
      ? listStages().filter((one) => toPrimaryName(parseJsonObject(readText(one)) ?? {}) === name)
      : [name]
  return replicas.flatMap((one) => {
    const replica = readStage(one)
    const primaryName = replica.ok ? replica.stage.replicaOf : undefined
    const primary = primaryName === undefined ? undefined : readStage(primaryName)
    if (!replica.ok || !primary?.ok || primaryName === undefined) return []
    return [{ primary: [primaryName, primary.stage], replica: [one, replica.stage] }]
  })
}

function readPrimary(name: string, names: readonly string[]): StageValue | undefined {
  return names.includes(name) ? parseJsonObject(readText(name)) : undefined
}

function listStages(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => /^[a-z][a-z0-9-]{0,31}\.json$/.test(file))
    .map((file) => basename(file, '.json'))
}

function readText(name: string): string {
  return readFileSync(join(folder, `${name}.json`), 'utf8')
}
