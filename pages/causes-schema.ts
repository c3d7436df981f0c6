import { causes } from '../core/causes/catalogue.ts'
import { doctorCauseNames } from '../core/causes/doctor.ts'
import { languages, userTexts } from '../core/causes/user-advice.ts'
import type { JsonSchema } from './record-schema/fields.ts'
import { releasedIds } from './released-causes.ts'

const text = { type: 'string', minLength: 5 }
const id = { type: 'string', pattern: '^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$' }
const since = { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+(?:-[a-z0-9.]+)?$' }
const status = { type: 'integer', minimum: 400, maximum: 504 }
const slugs = { type: 'array', items: id, uniqueItems: true }

const adviceId = {
  description: 'Stable, as the ids of causes.',
  enum: Object.keys(userTexts),
}

const candidate = toClosed(
  'One more thing that it can be.',
  {
    id: { description: 'Stable, as the ids of causes.', enum: Object.keys(releasedIds) },
    since,
    isCause: { description: 'Whether a request can end with it by name.', type: 'boolean' },
    isRare: { description: 'Whether it is possible for some requests only.', type: 'boolean' },
    decidedBy: { description: 'The observation that decides whether it is this one.', ...text },
    command: {
      description: 'The command that shows it; replace the words in capitals.',
      ...text,
    },
  },
  ['command'],
)

const both = {
  since: { description: 'The release that brought it.', ...since },
  fault: {
    description: 'Who must act: the developer of the front end, the operator, or AWS.',
    enum: ['caller', 'operator', 'cognito'],
  },
  meaning: { description: 'What happened, in Markdown.', ...text },
  certainty: {
    description: 'What each degree of certainty that a record can have is based on.',
    type: 'object',
    properties: { proved: text, likely: text, undetermined: text },
    minProperties: 1,
    additionalProperties: false,
  },
  evidence: { description: 'Slugs for the record: what was seen.', ...slugs },
  candidates: {
    description: 'What else it can be, the most frequent first; empty unless undetermined.',
    type: 'array',
    items: candidate,
  },
  fix: { description: 'One sentence: what fixes it.', ...text },
  page: {
    description: 'Its page in the runbook.',
    type: 'string',
    pattern: '^runbook/[a-z_]+\\.md$',
  },
}

const ofRequest = toClosed(
  'A cause that a request can end with.',
  {
    id: {
      description: 'Stable: it is deprecated, and never renamed or removed.',
      enum: Object.keys(causes),
    },
    foundBy: { const: 'request' },
    ...both,
    status: { description: 'The HTTP status of the answer.', ...status },
    error: { description: '`error` of the answer (RFC 6749 section 5.2).', ...id },
    description: { description: '`error_description` of the answer begins with it.', ...text },
    forCode: {
      description: 'What differs in the answer to the exchange of a code.',
      type: 'object',
      properties: { status, description: text },
      required: ['description'],
      additionalProperties: false,
    },
    details: {
      description: 'Slugs for the record, each with one more sentence of `error_description`.',
      type: 'object',
      propertyNames: id,
      additionalProperties: text,
    },
    alarm: {
      description: 'How often it must occur to raise its alarm; null if it raises none.',
      ...{ type: ['object', 'null'] },
      properties: {
        atLeast: { type: 'integer', minimum: 1 },
        withinSeconds: { type: 'integer', minimum: 60 },
        counts: { description: 'The metric that is counted.', type: 'string' },
      },
      required: ['atLeast', 'withinSeconds', 'counts'],
      additionalProperties: false,
    },
    userAdvice: toClosed('What the person in front of the screen can do, by what failed.', {
      signIn: adviceId,
      refresh: adviceId,
    }),
  },
  ['forCode', 'details'],
)

const ofDoctor = toClosed('A cause that only the doctor finds.', {
  id: { description: 'Stable, as above.', enum: doctorCauseNames },
  foundBy: { const: 'doctor' },
  ...both,
  alarm: toClosed('The alarm that counts it.', {
    name: { enum: ['doctor-findings', 'doctor-failures'] },
  }),
})

/** The JSON Schema of `docs/causes.json`. */
export function toCausesSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The causes of the token proxy',
    ...toClosed('Every cause of a failure, and what is known about it.', {
      $schema: { const: './causes.schema.json' },
      version: { description: 'The format of this document.', const: 1 },
      causes: { type: 'array', items: { oneOf: [ofRequest, ofDoctor] } },
      userAdvice: {
        description: 'The sentences for the person in front of the screen.',
        type: 'array',
        items: toClosed(
          'One thing that a person can do; `{requestId}` stands for the request id.',
          {
            ...{ id: adviceId, since },
            texts: toClosed(
              'The sentence by language (BCP 47).',
              Object.fromEntries(languages.map((language) => [language, text])),
            ),
          },
        ),
      },
      deprecated: {
        description: 'Ids that were released and are no longer used.',
        type: 'array',
        items: toClosed('A deprecated id.', {
          ...{ id, since, deprecatedIn: since },
          use: { description: 'The id that took its place.', enum: Object.keys(releasedIds) },
        }),
      },
    }),
  }
}

function toClosed(
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return { description, type: 'object', properties, required, additionalProperties: false }
}
