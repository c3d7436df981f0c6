import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Hold,
  parseAlarmRule,
  readCompositeAlarm,
  settled,
  stepHold,
} from '../../../local/cloudwatch/composite.ts'

const any = (count: number) =>
  Array.from({ length: count }, (_, index) => `ALARM("a${index}")`).join(' OR ')

test('a rule gathers the alarms that it names, up to the 100 that CloudWatch takes', () => {
  const arn = 'arn:aws:cloudwatch:eu-central-1:1:alarm:red'
  assert.deepEqual(parseAlarmRule('ALARM("stack-red")'), { gathers: ['stack-red'], needs: 'any' })
  for (const [operator, needs] of [
    ['OR', 'any'],
    ['AND', 'all'],
  ] as const) {
    const rule = `ALARM("stack-red") ${operator} ALARM("${arn}")`
    assert.deepEqual(parseAlarmRule(rule), { gathers: ['stack-red', arn], needs })
  }
  assert.equal(parseAlarmRule(any(100)).gathers.length, 100)
})

for (const [says, rule, message] of [
  ['nothing', '', /cannot read the rule/],
  ['an open quote', 'ALARM("a', /cannot read/],
  ['another state', 'OK("a")', /cannot read/],
  ['both operators', 'ALARM("a") AND ALARM("b") OR ALARM("c")', /cannot read/],
  ['NOT', 'NOT ALARM("a")', /cannot read/],
  ['parentheses', '(ALARM("a") OR ALARM("b"))', /cannot read/],
  ['more than 100 alarms', any(101), /at most 100 alarms/],
] as const) {
  test(`a rule with ${says} is refused`, () => {
    assert.throws(() => parseAlarmRule(rule), message)
  })
}

const page = {
  AlarmName: 'page',
  AlarmRule: 'ALARM("stack-red")',
  ActionsSuppressor: 'deployment',
  ActionsSuppressorWaitPeriod: 2,
  ActionsSuppressorExtensionPeriod: 3,
}

/** The examples of AWS's page on suppression: waiting takes 2 units of time, the extension 3. */
for (const [says, red, suppressing, acts] of [
  ['waits, then acts, since nothing suppresses it', [2, 99], [99, 99], ['ALARM at 4']],
  ['does not act when suppression begins while it waits', [2, 99], [3, 99], []],
  ['waits again when it recovers while it waits', [2, 3], [99, 99], ['OK at 5']],
  ['does not act when it goes off under suppression', [2, 99], [1, 99], []],
  ['acts once the extension after suppression is over', [2, 99], [3, 6], ['ALARM at 9']],
  ['waits again when it recovers within the extension', [2, 7], [3, 6], ['OK at 9']],
] as const) {
  test(`a composite alarm ${says}`, () => {
    const alarm = readCompositeAlarm(page)
    const within = ([from, to]: readonly [number, number], at: number) => at >= from && at < to
    const taken: string[] = []
    let hold: Hold = settled
    for (let at = 0; at < 12; at += 1) {
      const now = {
        nowMs: at * 1000,
        hasChanged: at > 0 && within(red, at) !== within(red, at - 1),
        suppressed: within(suppressing, at),
      }
      const step = stepHold(alarm, now, hold)
      if (step.acts) taken.push(`${within(red, at) ? 'ALARM' : 'OK'} at ${at}`)
      hold = step
    }
    assert.deepEqual(taken, acts)
  })
}

test('without a suppressor a composite alarm acts at once', () => {
  const alarm = readCompositeAlarm({ AlarmName: 'page', AlarmRule: 'ALARM("red")' })
  const now = { nowMs: 0, hasChanged: true, suppressed: false }
  assert.deepEqual(stepHold(alarm, now, settled), { ...settled, acts: true })
})

test('a suppressor without its two periods is refused, as CloudWatch would', () => {
  const { ActionsSuppressorWaitPeriod: _, ...without } = page
  assert.throws(() => readCompositeAlarm(without), /WaitPeriod is no number/)
})

test('a property that is not evaluated here is refused by its name', () => {
  assert.throws(
    () => readCompositeAlarm({ ...page, ActionsEnabled: false }),
    /the property ActionsEnabled cannot be evaluated here/,
  )
})
