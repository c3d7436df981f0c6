import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { checkCauseNames } from '../../core/causes/doctor.ts'
import { languages } from '../../core/causes/user-advice.ts'
import { toCausesDocument } from '../../pages/causes-document.ts'
import { toCausesSchema } from '../../pages/causes-schema.ts'
import { deprecatedIds, releasedIds } from '../../pages/released-causes.ts'

const document = toCausesDocument()
const isValid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(toCausesSchema())

/** The ids that each release brought, as a digest: written once at the release, and never changed. */
const releases: Readonly<Record<string, string>> = {
  '1.0.0-rc.1': '97ffa759f7144fb6',
}

function digestOf(release: string): string {
  const deprecated = Object.entries(deprecatedIds).map(([id, { since }]) => [id, since] as const)
  const ids = [...Object.entries(releasedIds), ...deprecated]
    .filter(([, since]) => since === release)
    .map(([id]) => id)
  return createHash('sha256').update(ids.sort().join('\n')).digest('hex').slice(0, 16)
}

for (const [release, digest] of Object.entries(releases)) {
  test(`no id that ${release} brought is renamed or removed, and none is added to it later`, () => {
    const advice =
      'Others build on these ids. Move one that is no longer used to deprecatedIds; give a new one the version of the coming release.'
    assert.equal(digestOf(release), digest, advice)
  })
}

test('the document is valid by its schema', () => {
  isValid(document)
  assert.deepEqual(isValid.errors ?? [], [])
})

test('the schema refuses a document in which anything is missing, wrong or added', () => {
  for (const [index, cause] of document.causes.entries()) {
    const changes = Object.keys(cause)
      .filter((name) => !['forCode', 'details'].includes(name))
      .flatMap((name) => [{ [name]: undefined }, { [name]: 7 }])
    for (const change of [...changes, { colour: 'red' }, { id: 'strange' }]) {
      const causes = document.causes.with(index, { ...cause, ...change } as never)
      const changed = JSON.parse(JSON.stringify({ ...document, causes }))
      assert.ok(!isValid(changed), `${cause.id}: ${JSON.stringify(change)}`)
    }
  }
})

test('the document has every cause once, those that only the doctor finds included', () => {
  assert.deepEqual(
    document.causes.map(({ id }) => id),
    checkCauseNames,
  )
})

test('every candidate has its deciding observation and a released id', () => {
  const candidates = document.causes.flatMap((cause) => cause.candidates)
  assert.ok(candidates.length > 20)
  for (const { id, since, decidedBy } of candidates) {
    assert.ok(Object.hasOwn(releasedIds, id), id)
    assert.ok(since !== undefined && decidedBy.length > 10, id)
  }
})

/** Others keep texts of their own by these ids: the list only grows. */
const adviceIds = ['sign_in_again', 'start_again', 'try_again', 'contact_support', 'report_app']

test('no id of an advice to users is renamed or removed, and each has a sentence in every language', () => {
  assert.deepEqual(
    document.userAdvice.map(({ id }) => id),
    adviceIds,
  )
  for (const { id, texts } of document.userAdvice) {
    assert.deepEqual(Object.keys(texts), [...languages], id)
    assert.equal(new Set(Object.values(texts)).size, languages.length, id)
  }
})

test('what users cannot fix sends no one back to the sign-in page', () => {
  for (const cause of document.causes) {
    if (!('userAdvice' in cause)) continue
    const { signIn, refresh } = cause.userAdvice
    if (cause.fault !== 'caller') assert.notEqual(refresh, 'sign_in_again', cause.id)
    if (signIn === 'report_app') assert.equal(cause.fault, 'caller', cause.id)
  }
})

test('a deprecated id is used by nothing, and names what took its place', () => {
  for (const [id, { use }] of Object.entries(deprecatedIds)) {
    assert.ok(!Object.hasOwn(releasedIds, id), id)
    assert.ok(Object.hasOwn(releasedIds, use), use)
  }
})
