import { type CauseName, causes } from '../core/causes/catalogue.ts'
import type { SetupCause } from '../core/doctor/findings.ts'
import { generalRunbookPage } from '../infra/alarms/alarm.ts'
import { setupTexts } from '../runbook/setup.ts'
import { toAlarmsPage } from './alarms-page.ts'
import { toCausePage, toSetupPage } from './cause-page.ts'
import { toRunbookIndex } from './runbook-index.ts'

/** Every page of the runbook by its file name; links to a cause end in `CAUSE.md`. */
export function toRunbook(): Readonly<Record<string, string>> {
  const causeNames = Object.keys(causes) as readonly CauseName[]
  const setupNames = Object.keys(setupTexts) as readonly SetupCause[]
  return {
    'README.md': toRunbookIndex(),
    [`${generalRunbookPage}.md`]: toAlarmsPage(),
    ...Object.fromEntries(causeNames.map((name) => [`${name}.md`, toCausePage(name)])),
    ...Object.fromEntries(setupNames.map((name) => [`${name}.md`, toSetupPage(name)])),
  }
}
