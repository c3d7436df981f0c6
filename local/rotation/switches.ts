/** One way to break rotations in the embedded world, shown on the switchboard. */
export interface RotationSwitch {
  readonly title: string
  /** Says what the embedded world does while it is on. */
  readonly effect: string
  /** The cause by which the rotation fails; undefined where it ends well in spite of this. */
  readonly cause: string | undefined
}

/** How long a new secret is not yet accepted while that is slow. */
export const slowSpreadMs = 30_000

/** Everything that a rotation can meet. One at a time is on, like the other switches. */
export const rotationSwitches = {
  rotation_unanswered: {
    title: 'Secrets Manager fails during a rotation',
    effect: 'It answers what a rotation asks with an internal error. Secrets can still be read.',
    cause: 'rotation_unanswered',
  },
  rotation_denied: {
    title: 'Rotation not allowed',
    effect: "The function's role is not allowed to add a client secret.",
    cause: 'rotation_access_denied',
  },
  rotation_malformed: {
    title: 'New value malformed',
    effect: 'The value that is stored for the new version is not the expected JSON.',
    cause: 'rotation_pending_malformed',
  },
  rotation_second_secret: {
    title: 'Second secret added by hand',
    effect: 'Somebody added a second client secret in the console.',
    cause: 'rotation_slot_taken',
  },
  rotation_limit: {
    title: 'Second secret refused',
    effect: 'Cognito refuses to add a client secret: it says that the limit is reached.',
    cause: 'rotation_add_refused',
  },
  rotation_dynamic_client: {
    title: 'App client registered dynamically',
    effect: 'The app client is of the type DCR, which cannot have a second secret.',
    cause: 'rotation_add_refused',
  },
  rotation_slow: {
    title: 'New secret spreads slowly',
    effect: `The token endpoint accepts a new secret only ${slowSpreadMs / 1000} seconds after it was added.`,
    cause: undefined,
  },
  rotation_replaced: {
    title: 'Client secret replaced by hand',
    effect:
      'Somebody added another secret in the console and deleted the original. Sign-in fails until a rotation fixes it.',
    cause: undefined,
  },
} as const satisfies Record<string, RotationSwitch>

/** The id of a switch, in requests to the switchboard and in tests. */
export type RotationSwitchName = keyof typeof rotationSwitches

/** Whether a name is that of a switch that breaks rotations. */
export function isRotationSwitch(name: string): name is RotationSwitchName {
  return Object.hasOwn(rotationSwitches, name)
}
