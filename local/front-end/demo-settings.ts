import type { RotationSwitch, RotationSwitchName } from '../rotation/switches.ts'
import type { AnySwitchName } from '../switchboard.ts'
import type { Switch, SwitchName } from '../switches.ts'

/** What the demo page needs to know, served to it as `/settings.json`. */
export interface DemoSettings {
  /** The proxy's, not the user pool's: the one URL that a front end swaps. */
  readonly tokenEndpoint: string
  readonly issuer: string
  readonly authorizationEndpoint: string
  readonly jwksUri: string
  readonly userinfoEndpoint: string
  readonly endSessionEndpoint: string
  /** The first one is chosen until the visitor chooses another. */
  readonly clients: readonly DemoClient[]
  /** Users that are ready to sign in; their passwords are no secret. */
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
  /** What breaks rotations; undefined where nothing rotates. */
  readonly rotationSwitches?: Readonly<Record<RotationSwitchName, RotationSwitch>>
  /** Whether visitors come by themselves; undefined where there are none to come. */
  readonly hasVisitors?: boolean
}
