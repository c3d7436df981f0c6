import { type CauseName, causes, toCause } from '../core/causes/catalogue.ts'
import type { WatchMode } from '../core/settings/table.ts'
import {
  type AlarmPlan,
  generalRunbookPage,
  type PageName,
  toAlarmId,
} from '../infra/alarms/alarm.ts'
import { toPages } from '../infra/alarms/pages.ts'
import { parseStage } from '../infra/stage.ts'
import { planAlarms } from '../infra/watching.ts'
import { toCode, toPage, toTable } from '../runbook/markdown.ts'
import { toAlarmText, toWordTable } from './cause-page.ts'
import { renewParts } from './generated-parts.ts'

/** Plans the alarms of a stage whose secrets rotate, that has a canary, and that sets nothing else: the numbers on the page are the defaults. */
function planIn(watch: WatchMode): readonly AlarmPlan[] {
  const parsed = parseStage({
    region: 'eu-central-1',
    watch,
    ...{ rotateSecretsDays: 90, canaryEveryMinutes: 5 },
    clients: [
      {
        name: 'web',
        clientId: '1example23456789abcdefghij',
        secretId: 'token-proxy/prod/web',
        domain: 'https://login.example.com',
        userPoolId: 'eu-central-1_Example01',
        origins: ['https://app.example.com'],
        redirectUris: ['https://app.example.com/signed-in'],
      },
    ],
  })
  return parsed.ok ? planAlarms(parsed.stage) : []
}

const ofFull = planIn('full')

/** Every alarm that the page explains: those that only `watch: small` has come last. */
export const explainedAlarms: readonly AlarmPlan[] = [
  ...ofFull,
  ...planIn('small').filter(({ name }) => ofFull.every((other) => other.name !== name)),
]

/** The pages that combine these alarms. */
export const pageNames = [...new Set(explainedAlarms.flatMap(({ page }) => page ?? []))]

const pages = toPages(explainedAlarms, '')
const others = explainedAlarms.filter(({ runbookPage }) => runbookPage === generalRunbookPage)
const suspects = (Object.keys(causes) as readonly CauseName[])
  .filter((name) => toCause(name).suspect === true)
  .map((name) => `[${name}](${name}.md)`)

/** Renews the page for an operator whom an alarm has paged. */
export function renewAlarmsPage(page: string): string {
  const parts = {
    ...Object.fromEntries(pageNames.map((name) => [`page-${name}`, toPageFacts(name)])),
    ...Object.fromEntries(others.map((plan) => [plan.name, toAlarmFacts(plan)])),
    'alarms of causes': toCauseTable(),
  }
  const words = 'words in capitals'
  const body = renewParts(page, { ...parts, [words]: '' })
  return renewParts(body, { ...parts, [words]: toWordTable(body) })
}

function toPageFacts(name: PageName): string {
  const combined = explainedAlarms.filter(({ page }) => page === name)
  return toPage([toMessage(name), `It combines ${combined.map(toAlarmLink).join(', ')}.`])
}

/** The message that the operator gets, without the link to this page. */
function toMessage(name: PageName): string {
  const description = pages[toAlarmId('Page', name)]?.Properties['AlarmDescription']
  const [message = ''] = String(description).split(' Runbook: ')
  return `> ${message}`
}

function toAlarmLink({ name, runbookPage }: AlarmPlan): string {
  return runbookPage === generalRunbookPage
    ? `[${toCode(name)}](#${name})`
    : `[${toCode(name)}](${runbookPage}.md)`
}

function toCauseTable(): string {
  const rows = explainedAlarms
    .filter(({ runbookPage }) => Object.hasOwn(causes, runbookPage))
    .map((plan) => {
      const cause = toCause(plan.runbookPage as CauseName)
      return [toAlarmLink(plan), toAlarmText(cause), toPaging(plan), cause.fix]
    })
  return toTable(['alarm', 'fires at', 'pages with', 'fix'], rows)
}

function toPaging({ page }: AlarmPlan): string {
  return page === undefined ? 'none, it only sends a notice' : `[page-${page}](#page-${page})`
}

function toAlarmFacts(plan: AlarmPlan): string {
  return toPage([
    `> ${plan.meaning} Fix: ${plan.fix}`,
    `Page: ${toPaging(plan)}.`,
    plan.name === 'suspect-refusals' ? `It counts ${suspects.join(', ')}.` : '',
  ])
}
