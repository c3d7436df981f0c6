import { type CauseName, causes } from '../core/causes/catalogue.ts'
import { doctorCauseNames } from '../core/causes/doctor.ts'
import { generalRunbookPage } from '../infra/alarms/alarm.ts'
import { toAlarmsPage } from './alarms-page.ts'
import { toCausePage, toDoctorPage } from './cause-page.ts'
import { toRunbookIndex } from './runbook-index.ts'

/** Every page of the runbook by its file name; links to a cause end in `CAUSE.md`. */
export function toRunbook(): Readonly<Record<string, string>> {
  const causeNames = Object.keys(causes) as readonly CauseName[]
  return {
    'README.md': toRunbookIndex(),
    [`${generalRunbookPage}.md`]: toAlarmsPage(),
    ...Object.fromEntries(causeNames.map((name) => [`${name}.md`, toCausePage(name)])),
    ...Object.fromEntries(doctorCauseNames.map((name) => [`${name}.md`, toDoctorPage(name)])),
  }
}
