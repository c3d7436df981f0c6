import type { Shift } from '../../infra/gradual/code-deploy.ts'

/** What the operator wants of a deployment; the osls plugin, which runs in a process of its own, reads it there. */
export interface Wishes {
  readonly allowsReplacement: boolean
  /** Asks at the terminal before anything changes. */
  readonly asksFirst: boolean
  /** How new versions take over; undefined where the template knows no such parameter. */
  readonly shift: Shift | undefined
  /** Which digests of edge keys the stack accepts; undefined where nobody has planned another key. */
  readonly digests: string | undefined
}

/** Says which digests of edge keys the stack accepts: they are part of a published version. */
export const digestsVariable = 'DEPLOY_EDGE_KEY_DIGESTS'

const variables = {
  allowsReplacement: 'DEPLOY_ALLOWS_REPLACEMENT',
  asksFirst: 'DEPLOY_ASKS_FIRST',
  shift: 'DEPLOY_SHIFT',
} as const

/** Writes the wishes into an environment. */
export function toVariables(wishes: Wishes): NodeJS.ProcessEnv {
  const { allowsReplacement, asksFirst, shift, digests } = wishes
  return {
    [variables.allowsReplacement]: String(allowsReplacement),
    [variables.asksFirst]: String(asksFirst),
    ...(shift === undefined ? {} : { [variables.shift]: shift }),
    ...(digests === undefined ? {} : { [digestsVariable]: digests }),
  }
}

/** Reads them again. */
export function readWishes(environment: NodeJS.ProcessEnv): Wishes {
  const shift = environment[variables.shift]
  return {
    allowsReplacement: environment[variables.allowsReplacement] === 'true',
    asksFirst: environment[variables.asksFirst] === 'true',
    shift: shift === 'gradual' || shift === 'at-once' ? shift : undefined,
    digests: environment[digestsVariable],
  }
}
