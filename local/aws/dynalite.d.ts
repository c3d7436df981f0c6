// The package brings no types of its own: this is what is used of it.
declare module 'dynalite' {
  import type { Server } from 'node:http'

  /** Makes a DynamoDB that keeps its tables in memory; a new table is there after `createTableMs`. */
  function dynalite(options: { readonly createTableMs: number }): Server
  export = dynalite
}
