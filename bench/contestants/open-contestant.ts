import { openBareFetch } from './bare-fetch.ts'
import type { Contestant } from './contestant.ts'
import { openFastifyOauth2 } from './fastify-oauth2.ts'
import { openHandler } from './handler.ts'
import { openOauth4webapi } from './oauth4webapi.ts'
import { openSimpleOauth2 } from './simple-oauth2.ts'

/** Opens what `text` names: a peer, or the address of a module with a handler. */
export async function openContestant(text: string): Promise<Contestant> {
  const open = peers[text]
  return open === undefined ? openHandler(text) : open()
}

const peers: Readonly<Record<string, () => Contestant | Promise<Contestant>>> = {
  'bare fetch': openBareFetch,
  oauth4webapi: openOauth4webapi,
  'simple-oauth2': openSimpleOauth2,
  '@fastify/oauth2': openFastifyOauth2,
}
