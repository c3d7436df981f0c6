import { type Field, optionalTextField, switchField } from '../../core/settings/field.ts'

/** The fields of a stage that make a pair of Regions of it. */
export const regionFields = {
  replicaOf: optionalTextField({
    syntax: { pattern: /^[a-z][a-z0-9-]{0,31}$/ },
    rule: 'must be the name of another stage',
    meaning:
      'The stage of the primary Region, for a stage in a second Region of the same user pool: it takes everything from there that it does not say itself, see [several Regions](operations.md#several-regions).',
  }),
  domainFailover: switchField({
    byDefault: false,
    meaning:
      'Whether the record of `domainName` is one of two, and DNS leads to the second Region while `/health` of the first one fails, see [several Regions](operations.md#several-regions). About $2 a month for each Region.',
  }),
} as const satisfies Readonly<Record<string, Field<unknown>>>
