/** Actions that one deployment needs on one resource; IAM judges them together. */
export interface Right {
  readonly actions: readonly string[]
  readonly resource: string
}

/** Whose rights they are, and where. */
export interface Caller {
  readonly account: string
  readonly partition: string
}

/** Makes the right to some actions of one service. */
export function toRight(resource: string, service: string, actions: readonly string[]): Right {
  return { actions: actions.map((action) => `${service}:${action}`), resource }
}
