import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CauseName, causes, toCause } from '../../core/causes/catalogue.ts'
import { checkCauseNames, doctor, doctorCauseNames, toCheckKind } from '../../core/causes/doctor.ts'
import { rotation, rotationCauseNames, toStepCause } from '../../core/causes/rotation.ts'
import { planDoctorAlarms } from '../../infra/alarms/doctor.ts'
import { recordFieldSchemas } from '../../pages/record-schema/fields.ts'
import type { RunbookText, Step } from '../../runbook/text.ts'
import { runbookTexts } from '../../runbook/texts.ts'
import { toStage } from '../fixtures/infra/alarms-of-stage.ts'
import { readQuery } from '../fixtures/infra/template-queries.ts'
import { runbookPages } from '../fixtures/pages/generated-pages.ts'

type PlainText = RunbookText & {
  readonly evidence?: Readonly<Record<string, string>>
  readonly candidates?: Readonly<Record<string, string>>
}

const pages = runbookPages
const names = Object.keys(causes) as CauseName[]
const allNames = [...checkCauseNames, ...rotationCauseNames]

function pageOf(name: string): string {
  return pages[`${name}.md`] ?? assert.fail(`${name} has no page`)
}

function textOf(name: (typeof allNames)[number]): PlainText {
  return runbookTexts[name]
}

function toWords(step: Step): string {
  if (typeof step === 'string') return step
  return 'command' in step ? step.command : step.query
}

test('there is a page for each cause, for what only the doctor or a rotation meets, for alarms, and an index', () => {
  const files = allNames.map((name) => `${name}.md`)
  assert.deepEqual(Object.keys(pages), ['README.md', 'an-alarm-fired.md', ...files])
  for (const name of allNames) {
    const headings = [...pageOf(name).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading)
    assert.deepEqual(headings.slice(0, 5), [
      ...[name, 'Impact', 'How to confirm', 'How to fix', 'How to prevent'],
    ])
  }
})

test('every text of every cause says something', () => {
  for (const name of allNames) {
    const { meaning, impact, diagnosis, mitigation, prevention } = textOf(name)
    const slugs = { ...textOf(name).evidence, ...textOf(name).candidates }
    assert.ok(diagnosis.length > 0 && mitigation.length > 0, name)
    const steps = [...diagnosis, ...mitigation].map(toWords)
    for (const text of [meaning, impact, prevention, ...steps, ...Object.values(slugs)]) {
      assert.ok(text.length > 10 && text === text.trim(), `${name}: ${text}`)
      assert.ok(pageOf(name).includes(text.split('\n')[0] ?? text), `${name} lacks: ${text}`)
    }
  }
})

test('every fact of a page is the one of the catalogue', () => {
  for (const name of names) {
    const { status, error, description, forCode, details, alarm, fix } = toCause(name)
    const section = pageOf(name)
    const told = [description, forCode?.description, ...Object.values(details ?? {})]
    for (const fact of [`| Answer | ${status}`, `\`${error}\``, fix, ...told]) {
      if (fact !== undefined) assert.ok(section.includes(fact), `${name} lacks: ${fact}`)
    }
    if (forCode?.status !== undefined) assert.match(section, RegExp(`for a code ${forCode.status}`))
    const often = alarm && `${alarm.atLeast} within ${alarm.withinSeconds / 60} min`
    const link = often && `[${often}](an-alarm-fired.md#alarms-of-causes)`
    assert.ok(section.includes(`| Alarm | ${link ?? 'none'} |`), name)
  }
})

test('the index has one row for each page, with its text, grouped by who must act', () => {
  const [, caller = ''] = pageOf('README').split("### For the front end's developer")
  for (const name of names) {
    const { status, error, fault, fix } = toCause(name)
    const row = pageOf('README').match(RegExp(`^\\| \\[\`${name}\`\\].*$`, 'm'))?.[0] ?? ''
    assert.ok(row.startsWith(`| [\`${name}\`](${name}.md) | ${status}`), row)
    assert.ok(row.includes(`| \`${error}\` |`) && row.endsWith(`| ${fix} |`), row)
    assert.equal(caller.includes(row), fault === 'caller', name)
  }
  for (const name of doctorCauseNames) {
    assert.ok(
      pageOf('README').includes(`| [\`${name}\`](${name}.md) | ${doctor[name].fix} |`),
      name,
    )
  }
  for (const name of rotationCauseNames) {
    const row = pageOf('README').match(RegExp(`^\\| \\[\`${name}\`\\].*$`, 'm'))?.[0] ?? ''
    assert.ok(row.endsWith(`| ${rotation[name].fix} |`), name)
  }
})

test('every slug of evidence of a rotation is explained, and no other', () => {
  for (const name of rotationCauseNames) {
    const { evidence = [] } = toStepCause(name)
    assert.deepEqual(Object.keys(textOf(name).evidence ?? {}), [...evidence], name)
  }
})

test('the page of what only the doctor finds names the alarm that counts it', () => {
  const alarms = planDoctorAlarms(toStage())
  for (const name of doctorCauseNames) {
    const counts = `"Value":"${toCheckKind(name)}"`
    const alarm = alarms.find(({ condition }) => JSON.stringify(condition).includes(counts))?.name
    assert.ok(pageOf(name).includes(`| Alarm | [${alarm}](an-alarm-fired.md#${alarm}) |`), name)
  }
})

test('every slug of evidence and every candidate is explained, and no other', () => {
  for (const name of names) {
    const { evidence = [], candidates = [], rareCandidates = [] } = toCause(name)
    const all = [...rareCandidates, ...candidates]
    assert.deepEqual(Object.keys(textOf(name).evidence ?? {}), [...evidence], name)
    assert.deepEqual(Object.keys(textOf(name).candidates ?? {}), all, name)
    for (const slug of all) assert.ok(pageOf(name).includes(`- \`${slug}\`: `), slug)
  }
})

test('an undetermined cause says so, and only such a one', () => {
  for (const name of names) {
    const isUndetermined = pageOf(name).includes('| Certainty | `undetermined`')
    assert.equal(isUndetermined, toCause(name).candidates !== undefined, name)
  }
})

test('a text that explains degrees of certainty has them in its section, and no undetermined one', () => {
  for (const name of names) {
    const { certainty = {} } = textOf(name)
    if (Object.keys(certainty).length === 0) continue
    assert.equal(toCause(name).candidates, undefined, name)
    for (const [degree, grounds] of Object.entries(certainty)) {
      assert.ok(grounds.length > 10 && pageOf(name).includes(`\`${degree}\`: ${grounds}`), name)
    }
  }
})

test('a query shows as many slugs of evidence as a record of its cause can have, up to three', () => {
  for (const name of names) {
    const { evidence = [], details = {} } = toCause(name)
    const most = Math.min(3, evidence.length + Object.keys(details).length)
    const shown =
      pageOf(name)
        .match(/^fields .*$/m)?.[0]
        .match(/evidence\.\d/g) ?? []
    assert.equal(shown.length, most, name)
  }
})

test('a query asks for exactly those facts that the record of its cause can have', () => {
  const fieldOf = { upstreamRequestId: 'upstream_request_id', secretMs: 'secret_ms' } as const
  for (const name of names) {
    const query = /fields (.+)\n\| filter outcome = 'failed' and cause = '(\w+)'/.exec(pageOf(name))
    assert.equal(query?.[2], name)
    const fields = (query?.[1] ?? '').split(', ')
    for (const [fact, field] of Object.entries(fieldOf)) {
      const isCarried = toCause(name).facts.some((one) => one === fact)
      assert.equal(fields.includes(field), isCarried, `${name}: ${field}`)
    }
  }
})

function toAnchors(page: string): readonly string[] {
  return [...page.matchAll(/^##+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
}

test('every link of every page leads to a page, and to a heading of it', () => {
  const outside = [
    ...['../cookie-mode.md', '../doctor.md', '../record.schema.json', '../settings.md'],
    '../deploy.md#cloudfront-with-a-web-acl-in-front',
    '../operations.md#restore-what-somebody-changed-by-hand',
  ]
  for (const [own, page] of Object.entries(pages)) {
    for (const [, target = ''] of page.matchAll(/\]\(([^)]+)\)/g)) {
      if (outside.includes(target)) continue
      const [file = '', anchor] = target.split('#')
      const other = pages[file || own] ?? assert.fail(`${own} links ${target}`)
      if (anchor !== undefined) assert.ok(toAnchors(other).includes(anchor), `${own}: ${target}`)
    }
  }
})

test('every field of every query is one that the functions or the HTTP API write', () => {
  const known = [
    ...Object.keys(recordFieldSchemas),
    ...[
      'message',
      'check',
      'check_result',
      'rotation_step',
      'rotation_result',
      'active_secrets',
      'integrationStatus',
      'sourceIp',
      '@timestamp',
      '@message',
    ],
  ]
  const blocks = Object.values(pages).flatMap((page) => [
    ...page.matchAll(/^( *)```(\w*)\n(.+?)\n\1```$/gms),
  ])
  const queries = blocks.flatMap(([, , language, text = '']) => (language === '' ? [text] : []))
  assert.ok(queries.length > names.length)
  for (const query of queries) {
    const fields = readQuery(query).fields.map((field) => field.replace(/\.\d+$/, ''))
    assert.deepEqual(
      fields.filter((field) => !known.includes(field)),
      [],
      query,
    )
  }
})

test('every text for the caller has only the characters of RFC 6749 section 5.2', () => {
  const allowed = /^[\x20-\x21\x23-\x5B\x5D-\x7E]+$/
  for (const name of names) {
    const { description, forCode, details = {} } = toCause(name)
    for (const text of [
      description,
      forCode?.description ?? description,
      ...Object.values(details),
    ]) {
      assert.match(text, allowed, name)
    }
  }
})
