import type { RotationSwitch, RotationSwitchName } from '../rotation/switches.ts'
import type { AnySwitchName } from '../switchboard.ts'
import type { Switch, SwitchName } from '../switches.ts'

/** The settings of the demo page, served as `/settings.json`. */
export interface DemoSettings {
  /** The proxy's, not the user pool's: the one URL that a front end swaps. */
  readonly tokenEndpoint: string
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly jwksUri: string
  readonly userinfoEndpoint: string
  readonly endSessionEndpoint: string
  /** The first one is the default choice. */
  readonly clients: readonly DemoClient[]
  /** Users that can sign in; their passwords are not secret. */
  readonly users: readonly {
    readonly username: string
    readonly password: string
    readonly name: string
  }[]
}

/** One app client that the visitor of the demo page can choose. */
export interface DemoClient {
  readonly name: string
  readonly clientId: string
  readonly rotation: boolean
}

/** What the switchboard shows, sent at connect and after every change. */
export interface BoardState {
  /** Null: all is well. */
  readonly broken: AnySwitchName | null
  readonly switches: Readonly<Record<SwitchName, Switch>>
  /** The switch that breaks rotations; undefined if nothing rotates. */
  readonly rotationSwitches?: Readonly<Record<RotationSwitchName, RotationSwitch>>
  /** Whether simulated visitors are running; undefined if there are none. */
  readonly hasVisitors?: boolean
}
