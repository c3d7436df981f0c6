import type { Check } from '../../../core/doctor/findings.ts'
import type { ClientReport } from '../../../core/doctor/report.ts'
import { toSummary } from '../../../core/doctor/summary.ts'
import { askDoctor } from './control.ts'
import { button, element, findById, show } from './element.ts'

const marks: Readonly<Record<Check['status'], readonly [mark: string, word: string]>> = {
  ok: ['✓', 'in order'],
  failed: ['✗', 'failed'],
  warning: ['!', 'warning'],
  skipped: ['–', 'skipped'],
}

/** Shows a button that checks every client, one after the other, and shows the findings. */
export const showDoctor = (clients: readonly string[]): void => {
  const findings = element('div', { id: 'findings', role: 'status' })
  const ask = async (): Promise<void> => {
    show(findings, element('p', { class: 'hint' }, 'Checking …'))
    const sections: HTMLElement[] = []
    for (const client of clients) {
      const report = await askDoctor(client)
      sections.push(report === undefined ? makeSilence(client) : makeReport(report))
    }
    show(findings, ...sections)
  }
  const check = button('check', 'Check the app clients', () => void ask())
  show(findById('doctor'), element('p', { class: 'buttons' }, check), findings)
}

const makeSilence = (client: string): HTMLElement =>
  element('p', { class: 'hint' }, `${client}: the doctor gave no answer. Is everything running?`)

/** Findings that need attention are open; the rest can be expanded. */
const makeReport = (report: ClientReport): HTMLElement => {
  const { client, checks } = report
  const isOpen = ({ status }: Check) => status === 'failed' || status === 'warning'
  const rest = checks.filter((check) => !isOpen(check))
  return element(
    'section',
    { class: 'report' },
    element('h3', {}, `${client}: ${toSummary(report)}`),
    element('ul', { class: 'checks' }, ...checks.filter(isOpen).map(makeCheck)),
    element(
      'details',
      {},
      element('summary', {}, `${rest.length} other checks`),
      element('ul', { class: 'checks' }, ...rest.map(makeCheck)),
    ),
  )
}

const makeCheck = ({ name, status, found, cause, fix, command }: Check): HTMLElement => {
  const [mark, word] = marks[status]
  return element(
    'li',
    { 'data-status': status, 'data-cause': cause },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
    element(
      'div',
      {},
      element('b', {}, name.replaceAll('_', ' ')),
      element('span', { class: 'unseen' }, `, ${word}: `),
      element('small', {}, found),
      ...(fix === undefined ? [] : [element('p', { class: 'fix' }, fix)]),
      ...(command === undefined ? [] : [element('pre', { tabindex: 0 }, command)]),
    ),
  )
}
