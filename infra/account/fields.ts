import { type Field, type NoteProblem, optionalTextField } from '../../core/settings/field.ts'

const mostTags = 45
const longestTagValue = 256
/** What every service takes as the name of a tag; `aws:` is kept for AWS. */
const tagName = /^(?!aws:)[A-Za-z0-9 _.:/=+@-]{1,128}$/
const tagValue = /^[A-Za-z0-9 _.:/=+@-]*$/

/** Makes a field for a KMS key of the account; it must be left out for the key that AWS keeps. */
export function kmsKeyField(meaning: string): Field<string | undefined> {
  return optionalTextField({
    syntax: { pattern: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]{1,64}$/ },
    rule: 'must be the ARN of a KMS key',
    meaning,
  })
}

/** The fields with which an organisation puts its own rules on a stack: keys, roles and tags. */
export const accountFields = {
  logsKmsKey: kmsKeyField(
    'The ARN of a KMS key of your own for every log group of the stack, that of the access log too: [keys](#keys-of-your-own). That of a canary is [not among them](#its-log).',
  ),
  evidenceTableKmsKey: kmsKeyField(
    'The ARN of a KMS key of your own for the table of `evidenceTable`.',
  ),
  topicsKmsKey: kmsKeyField(
    'The ARN of a KMS key of your own for both topics. Its policy must let CloudWatch use it, or no alarm is delivered.',
  ),
  environmentKmsKey: kmsKeyField(
    'The ARN of a KMS key of your own for the settings of the functions in Lambda. They contain no secret.',
  ),
  permissionsBoundary: optionalTextField({
    syntax: { pattern: /^arn:aws[a-z-]*:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]{1,512}$/ },
    rule: 'must be the ARN of an IAM policy',
    meaning: 'The ARN of the policy that is the permissions boundary of every role of the stack.',
  }),
  rolePath: optionalTextField({
    syntax: { pattern: /^\/(?:[\w+=,.@-]{1,64}\/){1,7}$/ },
    rule: 'must be a path such as "/team/"',
    meaning:
      'The IAM path of every role of the stack, such as `"/team/"`. Changing it replaces the roles. Their names begin with the name of the stack in any case.',
  }),
  tags: {
    required: false,
    byDefault: {},
    meaning:
      'The tags of the stack and of everything in it that can have tags, such as `{"team": "sign-in"}`.',
    schema: {
      type: 'object',
      maxProperties: mostTags,
      propertyNames: { pattern: tagName.source },
      additionalProperties: {
        type: 'string',
        maxLength: longestTagValue,
        pattern: tagValue.source,
      },
    },
    parse: parseTags,
  },
} as const satisfies Readonly<Record<string, Field<unknown>>>

function parseTags(value: unknown, note: NoteProblem): Readonly<Record<string, string>> {
  const given = value ?? {}
  if (typeof given !== 'object' || Array.isArray(given)) {
    note('must be an object of names and values')
    return {}
  }
  const entries = Object.entries(given)
  if (entries.length > mostTags) note(`must not have more than ${mostTags} tags`)
  for (const [name, text] of entries) {
    if (!tagName.test(name)) note('must have a name that AWS takes for tags', `.${name}`)
    else if (!isTagValue(text)) note('must be a text that AWS takes for tags', `.${name}`)
  }
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => isTagValue(entry[1])),
  )
}

function isTagValue(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestTagValue && tagValue.test(value)
}
