import type { Plan } from './plan.ts'
import type { World } from './world.ts'

/** The name of the proxy in every figure. */
export const us = 'this proxy'
/** The name of the function that is put together from the documentation of its parts. */
export const byTheBook = 'by the book'
/** The name of a handler that does nothing. */
export const emptyHandler = 'an empty handler'
/** The name of one `fetch` with a secret in the code. */
export const bare = 'bare fetch'

/** What every measurement needs. */
export interface RunContext {
  readonly plan: Plan
  readonly world: World
  /** Addresses of the modules with a handler, by contestant. */
  readonly handlers: Readonly<Record<typeof us | typeof byTheBook | typeof emptyHandler, string>>
  /** The bundled process that measures one cold start. */
  readonly coldProcess: string
  /** The bundled process that takes its events from Lambda's runtime API. */
  readonly runtimeProcess: string
  /** The bundled process that profiles an import. */
  readonly importProcess: string
  /** Told after each round of a measurement. */
  readonly onRound: () => void
}

/** Who takes part in everything warm. */
export const everybody = [
  us,
  byTheBook,
  bare,
  'oauth4webapi',
  'simple-oauth2',
  '@fastify/oauth2',
] as const
