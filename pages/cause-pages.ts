import { type CauseName, causes } from '../core/causes/catalogue.ts'
import { doctorCauseNames } from '../core/causes/doctor.ts'
import { rotationCauseNames } from '../core/causes/rotation.ts'
import { toCausePage, toDoctorPage, toRotationPage } from './cause-page.ts'

/** Writes the page of every cause, by its file name; links to a cause end with `CAUSE.md`. */
export function toCausePages(): Readonly<Record<string, string>> {
  const causeNames = Object.keys(causes) as readonly CauseName[]
  return Object.fromEntries([
    ...causeNames.map((name) => [`${name}.md`, toCausePage(name)]),
    ...doctorCauseNames.map((name) => [`${name}.md`, toDoctorPage(name)]),
    ...rotationCauseNames.map((name) => [`${name}.md`, toRotationPage(name)]),
  ])
}
