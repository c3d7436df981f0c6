// The lines of the built functions, from visitors at their own pace, as the preview shows them.
import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { openPreview, previewMinuteMs } from '../../../local/preview/preview.ts'
import type { Watching } from '../../../local/preview/watching.ts'
import type { SwitchName } from '../../../local/switches.ts'
import { openWorld, type World } from '../../../local/world.ts'
import { planWatching } from '../../../tools/plan-watching.ts'
import { patientLimits } from '../../fixtures/patience.ts'

interface ShareCase {
  readonly says: string
  readonly broken?: SwitchName
  readonly share: number
  readonly alarms: Readonly<Record<string, string>>
}

const cases: readonly ShareCase[] = [
  {
    says: 'while every exchange succeeds the share is 100 %, and its alarm is OK',
    share: 100,
    alarms: { 'success-share': 'OK', 'page-app-client': 'OK' },
  },
  {
    says: 'in an outage of Cognito the share is 0 %, and its alarm and page fire',
    broken: 'throttled',
    share: 0,
    alarms: { 'success-share': 'ALARM', 'page-sign-ins': 'ALARM' },
  },
  {
    says: 'while a cause with a page of its own fails every exchange the share is 0 %, and only that page fires for it',
    broken: 'secret_mismatch',
    share: 0,
    alarms: { 'success-share': 'OK', 'page-app-client': 'ALARM' },
  },
]

/** The window of the share, as long as it lasts here. */
const windowMs = 5 * previewMinuteMs
/** So often that no step of a visitor is left out. */
const tickMs = 50

let world: World
let watching: Watching

before(async () => {
  world = await openWorld({
    port: 0,
    env: patientLimits,
    plan: (deployed) => {
      watching = planWatching(deployed)
      return watching
    },
  })
})

after(() => world.close())

/** Lets visitors come for one window, each step when the one before has been answered. */
async function visitForOneWindow(t: TestContext): Promise<readonly string[]> {
  const lines: string[] = []
  const stopReading = world.records.onLine((line) => lines.push(line))
  t.mock.timers.enable({ apis: ['setInterval'] })
  world.visitors.start()
  for (let passedMs = 0; passedMs < windowMs; passedMs += tickMs) {
    t.mock.timers.tick(tickMs)
    await world.visitors.isOwn('of-nobody')
  }
  world.visitors.stop()
  t.mock.timers.reset()
  stopReading()
  return lines
}

for (const { says, broken, share, alarms } of cases) {
  test(says, async (t) => {
    if (broken === undefined) world.switchboard.restore()
    else world.switchboard.breakWith(broken)
    const lines = await visitForOneWindow(t)
    // Full five minutes begin here, as the graph cuts them.
    let nowMs = 1_700_000_100_000
    const preview = openPreview(watching, () => nowMs)
    for (const line of lines) preview.take(line)
    nowMs += windowMs
    for (const line of lines) preview.take(line)
    nowMs += windowMs
    const { widgets, alarms: states } = preview.look()
    const shown = widgets.flatMap((widget) => {
      if (widget.kind === 'numbers' && /^Successful/.test(widget.title)) {
        return [widget.numbers[0]?.value]
      }
      if (widget.kind !== 'plot' || !/^Successful/.test(widget.title)) return []
      return [widget.series.find(({ label }) => label === 'successful, %')?.values.at(-1)]
    })
    assert.deepEqual(shown, [share, share])
    const seen = states.filter(({ name }) => Object.hasOwn(alarms, name))
    assert.deepEqual(Object.fromEntries(seen.map(({ name, state }) => [name, state])), alarms)
  })
}
