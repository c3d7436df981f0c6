import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { reportedCases } from '../../pages/cases/reported-cases.ts'
import { unplayedReports } from '../../pages/cases/unplayed-reports.ts'
import type { CaseOutcome } from '../../pages/cases-page.ts'
import { readOutcomes } from '../../tools/case-outcomes.ts'
import { pageAt } from '../fixtures/pages/generated-pages.ts'

const outcomes = readOutcomes()
const page = pageAt('docs/cases.md')

test('the summary counts what was replayed', () => {
  const all = Object.values(outcomes).flat()
  const count = (belongs: (outcome: CaseOutcome) => boolean) => all.filter(belongs).length
  const becomes = (what: string) => count((outcome) => outcome.becomes === what)
  const diagnosed = (how: string) =>
    count((outcome) => outcome.becomes === 'diagnosed' && outcome.certainty === how)
  const numbers = [...page.matchAll(/^\| .*\(#[a-z-]+\) \| (\d+) \|$/gm)].map(([, n]) => Number(n))
  assert.deepEqual(numbers, [
    becomes('impossible'),
    becomes('misconfigured'),
    becomes('refused'),
    diagnosed('proved'),
    diagnosed('likely'),
    diagnosed('undetermined'),
    becomes('carried'),
  ])
  const confirmed = reportedCases.filter(({ isConfirmed }) => isConfirmed).length
  assert.ok(page.includes(`replay ${reportedCases.length} failures in ${all.length} ways`))
  assert.ok(page.includes(`${confirmed} have a confirmed cause`))
})

test('every case has its own id and is on the page with its source', () => {
  assert.equal(new Set(reportedCases.map(({ id }) => id)).size, reportedCases.length)
  for (const { id, source } of reportedCases) {
    const isLink = source.startsWith('https://')
    assert.ok(page.includes(isLink ? `[${id}](${source})` : `${id} (${source})`), id)
  }
})

test('every way of every case has one row, under its outcome', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| '))
  for (const { id, ways } of reportedCases) {
    const isOwn = (row: string) => row.startsWith(`| [${id}](`) || row.startsWith(`| ${id} (`)
    assert.equal(rows.filter(isOwn).length, ways.length, id)
  }
})

test('every report that is not replayed says what covers it, and names a test that exists', () => {
  const ids = [...reportedCases, ...unplayedReports].map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
  for (const { id, here, seenIn } of unplayedReports) {
    assert.ok(page.includes(here), id)
    if (seenIn === undefined) continue
    assert.ok(page.includes(`[test](../${seenIn})`), id)
    assert.ok(existsSync(join(import.meta.dirname, '..', '..', seenIn)), seenIn)
  }
})

test('every link within the page leads to a heading', () => {
  const toAnchor = (heading: string) =>
    heading
      .toLowerCase()
      .replace(/[^a-z ]/g, '')
      .replaceAll(' ', '-')
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => toAnchor(heading))
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor)
  assert.ok(links.length > 0)
  assert.deepEqual(
    links.filter((anchor) => !headings.includes(anchor)),
    [],
  )
})

test('a name that differs here is shown beside the reported one', () => {
  assert.ok(
    page.includes('`idp_attribute_mapping`, confirmed, here `identity_provider_attributes`'),
  )
})
