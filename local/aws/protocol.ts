/** The fields of a call, as parsed from its JSON body. */
export type Input = Readonly<Record<string, unknown>>

/** What an operation answers: a body for 200, or an error by AWS's name for it. */
export type OperationResult =
  | { readonly output: Readonly<Record<string, unknown>> }
  | { readonly error: AwsError }

export interface AwsError {
  /** The exception's name, as in the service's API model. */
  readonly type: string
  readonly message: string
  readonly status: number
}

/** An operation that changes or reads embedded state. */
export type Operation = (input: Input) => OperationResult

/** The account id in ARNs and descriptions. */
export const accountId = '000000000000'

/** Makes the failure of an operation. */
export function awsError(type: string, message: string, status = 400): OperationResult {
  return { error: { type, message, status } }
}

/** The text of a field; undefined if it is missing or empty. */
export function textOf(input: Input, field: string): string | undefined {
  const value = input[field]
  return typeof value === 'string' && value !== '' ? value : undefined
}
