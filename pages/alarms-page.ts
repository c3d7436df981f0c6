import { type CauseName, causes, toCause } from '../core/causes/catalogue.ts'
import {
  type AlarmPlan,
  generalRunbookPage,
  type PageName,
  toAlarmId,
} from '../infra/alarms/alarm.ts'
import { toPages } from '../infra/alarms/pages.ts'
import { parseStage } from '../infra/stage.ts'
import { planAlarms } from '../infra/watching.ts'
import { toCode, toList, toPage, toTable } from '../runbook/markdown.ts'
import { type AlarmText, alarmTexts, pageTexts } from './alarm-texts.ts'
import { toAlarmText, toSteps, toWholePage } from './cause-page.ts'

/** A stage that sets nothing but what it must: what the page says in numbers are the defaults. */
const parsed = parseStage({
  region: 'eu-central-1',
  clients: [
    {
      name: 'web',
      clientId: '1example23456789abcdefghij',
      secretId: 'token-proxy/prod/web',
      domain: 'https://login.example.com',
      origins: ['https://app.example.com'],
      redirectUris: ['https://app.example.com/signed-in'],
    },
  ],
})

/** Every alarm that the page explains. */
export const explainedAlarms: readonly AlarmPlan[] = parsed.ok ? planAlarms(parsed.stage) : []

const others = explainedAlarms.filter(({ runbookPage }) => runbookPage === generalRunbookPage)

const pages = toPages(explainedAlarms, '')

/** Writes the page for whoever was woken by an alarm. */
export function toAlarmsPage(): string {
  return toWholePage('An alarm fired', [
    toBeginning(),
    '## Pages\n\nThese wake somebody, through the topic `AlarmPages`. Each gathers the alarms that it lists.',
    ...(Object.keys(pageTexts) as readonly PageName[]).map(toPageSection),
    '## Alarms of causes\n\nEach is named after its cause, whose page says what it means, how to confirm and how to mend it.',
    toCauseTable(),
    '## Other alarms\n\nThey judge shares, times and silence, and name no cause.',
    ...others.map(toAlarmSection),
  ])
}

function toBeginning(): string {
  return toPage([
    'Every alarm tells the topic `AlarmNotices` when it goes off, for e-mail or chat. Nobody is woken by these: pages are, which are put together from them so that one outage wakes once. What else goes wrong while a page is up gives notice and wakes nobody again. All pages wait until a deployment is over, or so long that what it upset has passed.',
    '## First, whatever it was',
    toList([
      'The message says what it means, what mends it, and where to read on. Its name is that of the stack and then the name below.',
      'CloudWatch > Alarms > the alarm: the graph shows when it began. A page lists the alarms that it gathers; open the one that is red.',
      'CloudWatch > Dashboards > the dashboard of the stack, at that minute: which causes rise, for which client, and who must act.',
      '[Ask the doctor](README.md#ask-the-doctor): it says what is wrong with a client and prints the call that mends it.',
    ]),
  ])
}

function toPageSection(name: PageName): string {
  const gathered = explainedAlarms.filter(({ page }) => page === name)
  return toPage([
    `### page-${name}`,
    toMessage(name),
    toTexts(pageTexts[name]),
    `It gathers: ${gathered.map(toAlarmLink).join(', ')}.`,
  ])
}

/** What is sent to whoever is woken, but for the link that leads to this very page. */
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
  return toTable(['alarm', 'goes off at', 'wakes by', 'what mends it'], rows)
}

function toPaging({ page }: AlarmPlan): string {
  return page === undefined ? 'nothing, it is a notice' : `[page-${page}](#page-${page})`
}

function toAlarmSection(plan: AlarmPlan): string {
  const text = alarmTexts[plan.name]
  return toPage([
    `### ${plan.name}`,
    `> ${plan.meaning} Fix: ${plan.fix}`,
    `Wakes by: ${toPaging(plan)}.`,
    text === undefined ? '' : toTexts(text),
  ])
}

function toTexts({ firstLook, nextStep }: AlarmText): string {
  return toPage(['**First look.**', toSteps(firstLook), '**Next step.**', toSteps(nextStep)])
}
