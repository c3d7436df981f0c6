/** One resource of a CloudFormation template. */
export interface Resource {
  readonly Type: string
  readonly DependsOn?: readonly string[]
  readonly UpdatePolicy?: Readonly<Record<string, unknown>>
  readonly DeletionPolicy?: 'Delete' | 'Retain'
  readonly UpdateReplacePolicy?: 'Delete' | 'Retain'
  readonly Properties: Readonly<Record<string, unknown>>
}
