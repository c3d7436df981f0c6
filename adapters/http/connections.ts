import type { Settings } from '../../core/settings/settings.ts'
import type { Clock } from '../clock.ts'
import { waitWithin } from '../time-limit.ts'
import {
  type Connection,
  type Origin,
  openConnection,
  parseOrigin,
  type TlsSessions,
} from './connection.ts'

/** A connection for one call. */
export interface TakenConnection {
  readonly origin: Origin
  readonly connection: Connection
  /** Whether it stood already: kept from an earlier call, or prepared. */
  readonly hasWaited: boolean
  /** Gives it back after a call that left it as it was, to be kept for so many milliseconds at most. */
  readonly release: (longestMs: number) => void
}

/** Kept-alive connections to base URLs. */
export interface Connections {
  /**
   * Takes the freshest kept connection, or begins to open one. A frozen sandbox runs no timers, so the age is
   * looked at when a connection is wanted, by the wall clock; whatever was idle for too long is closed.
   */
  readonly take: (url: string) => TakenConnection
  /** Whether a connection is kept that a call could take. */
  readonly hasKept: (url: string) => boolean
  /** Opens a connection to an https address and keeps it for the next call there; it never fails. */
  readonly prepare: (url: string, timeoutMs: number) => Promise<void>
  readonly close: () => void
}

/** A connection that nobody uses. */
interface Idle {
  readonly connection: Connection
  readonly sinceMs: number
  readonly longestMs: number
}

/** What is known of one base URL; a URL is parsed once, since that takes longer than writing a request. */
interface Place {
  readonly origin: Origin
  /** The freshest last. */
  idle: Idle[]
}

/**
 * Opens a pool of connections. It keeps as many idle ones for each base URL as requests may be in flight:
 * with fewer, every burst beyond them closes connections and opens them again.
 */
export function openConnections(
  clock: Pick<Clock, 'nowMs'>,
  settings: Pick<Settings, 'idleConnectionMs' | 'mostInFlight'>,
): Connections {
  const { idleConnectionMs, mostInFlight } = settings
  const places = new Map<string, Place>()
  const sessions: TlsSessions = new Map()
  let isClosed = false
  const toPlace = (url: string): Place => {
    const known = places.get(url)
    if (known !== undefined) return known
    const place: Place = { origin: parseOrigin(url), idle: [] }
    places.set(url, place)
    return place
  }
  const keep = ({ idle }: Place, connection: Connection, longestMs: number) => {
    connection.setUser(undefined)
    idle.push({ connection, longestMs, sinceMs: clock.nowMs() })
    const surplus = isClosed || idle.length > mostInFlight ? idle.shift() : undefined
    surplus?.connection.destroy()
  }
  return {
    take: (url) => {
      const nowMs = clock.nowMs()
      for (const place of places.values()) closeStale(place, nowMs)
      const place = toPlace(url)
      const kept = place.idle.pop()?.connection
      const connection = kept ?? openConnection(place.origin, sessions)
      return {
        ...{ origin: place.origin, connection, hasWaited: kept !== undefined },
        release: (longestMs) => keep(place, connection, Math.min(longestMs, idleConnectionMs)),
      }
    },
    hasKept: (url) => toPlace(url).idle.length > 0,
    prepare: async (url, timeoutMs) => {
      const place = toPlace(url)
      if (!place.origin.isHttps) return
      const connection = openConnection(place.origin, sessions)
      if (await isOpened(connection, timeoutMs)) keep(place, connection, idleConnectionMs)
    },
    close: () => {
      isClosed = true
      for (const { idle } of places.values()) {
        for (const { connection } of idle.splice(0)) connection.destroy()
      }
    },
  }
}

/** Closes what was idle for too long, and forgets what has ended by itself. */
function closeStale(place: Place, nowMs: number): void {
  if (place.idle.every((one) => isFresh(one, nowMs))) return
  for (const one of place.idle) if (!isFresh(one, nowMs)) one.connection.destroy()
  place.idle = place.idle.filter(({ connection }) => connection.isAlive())
}

/** A negative age: the clock was set back, so the true age is unknown. */
function isFresh({ connection, sinceMs, longestMs }: Idle, nowMs: number): boolean {
  const idleForMs = nowMs - sinceMs
  return connection.isAlive() && idleForMs >= 0 && idleForMs <= longestMs
}

/** Waits until a connection stands; what fails is closed, and the next call finds out why by itself. */
function isOpened(connection: Connection, timeoutMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  connection.setUser({
    onOpen: () => resolve(true),
    onData: connection.destroy,
    onEnd: connection.destroy,
    onClosed: () => resolve(false),
  })
  return waitWithin(promise, timeoutMs, () => {
    connection.destroy()
    return false
  })
}
