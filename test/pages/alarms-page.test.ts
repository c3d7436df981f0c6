import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generalRunbookPage, toAlarmId } from '../../infra/alarms/alarm.ts'
import { toPages } from '../../infra/alarms/pages.ts'
import { explainedAlarms, pageNames } from '../../pages/alarms-page.ts'
import { runbookPages } from '../fixtures/pages/generated-pages.ts'

const page = runbookPages['an-alarm-fired.md'] ?? ''
const sections = new Map(
  page
    .split(/^###? /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
)

test('every alarm that no cause has a page for has a section with what it says and what to do', () => {
  const others = explainedAlarms.filter(({ runbookPage }) => runbookPage === generalRunbookPage)
  assert.ok(others.length > 5)
  for (const { name, meaning, fix } of others) {
    const section = sections.get(name) ?? assert.fail(`${name} has no section`)
    assert.ok(section.includes(meaning) && section.includes(fix), name)
    assert.match(section, /\*\*Check first\*\*\n\n.{20}.*\*\*Next steps\*\*\n\n.{10}/s)
  }
})

test('of the functions only the doctor is said to run on a schedule of its own', () => {
  for (const name of ['oauth2', 'metadata', 'doctor']) {
    const section = sections.get(`${name}-throttles`) ?? assert.fail(name)
    assert.equal(section.includes('Only the schedule may invoke'), name === 'doctor', name)
    assert.equal(section.includes('`reservedConcurrency`'), name !== 'doctor', name)
  }
})

test('every alarm of a cause is in the table, with the link to the page of its cause', () => {
  const ofCauses = explainedAlarms.filter(({ runbookPage }) => runbookPage !== generalRunbookPage)
  const rows = (sections.get('Alarms of causes') ?? '')
    .split('\n')
    .filter((line) => /^\| \[/.test(line))
  assert.equal(rows.length, ofCauses.length)
  for (const [index, { name, runbookPage, page: wakes, fix }] of ofCauses.entries()) {
    const row = rows[index] ?? ''
    assert.ok(row.startsWith(`| [\`${name}\`](${runbookPage}.md) |`), row)
    const paging = wakes === undefined ? 'none' : `[page-${wakes}](#page-${wakes})`
    assert.ok(row.includes(fix) && row.includes(`| ${paging}`), row)
  }
})

test('every page says what its message says, and lists exactly the alarms that are in its rule', () => {
  const pages = toPages(explainedAlarms, '')
  for (const name of pageNames) {
    const section = sections.get(`page-${name}`) ?? ''
    const { AlarmRule: rule, AlarmDescription: message } =
      pages[toAlarmId('Page', name)]?.Properties ?? assert.fail(name)
    assert.ok(section.includes(`> ${String(message).split(' Runbook:')[0]}\n`), name)
    const list = section.slice(section.indexOf('It combines '))
    const listed = [...list.matchAll(/\[`([\w-]+)`\]\(/g)].map(([, alarm = '']) => alarm)
    const ids = [...new Set(JSON.stringify(rule).match(/Alarm\w+(?=})/g))]
    assert.deepEqual(listed.map((alarm) => toAlarmId('Alarm', alarm)).sort(), ids.sort())
  }
})
