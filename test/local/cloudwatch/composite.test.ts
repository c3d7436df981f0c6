import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAlarmRule } from '../../../local/cloudwatch/alarm-rule.ts'
import type { AlarmState } from '../../../local/cloudwatch/alarm-state.ts'
import {
  type Hold,
  readCompositeAlarm,
  settled,
  stepHold,
} from '../../../local/cloudwatch/composite.ts'

const states: Readonly<Record<string, AlarmState>> = {
  'stack-red': 'ALARM',
  'arn:aws:cloudwatch:eu-central-1:1:alarm:red': 'ALARM',
  green: 'OK',
  grey: 'INSUFFICIENT_DATA',
}
const stateOf = (name: string) => states[name] ?? assert.fail(`no ${name}`)

for (const [rule, isTrue] of [
  ['ALARM("stack-red")', true],
  ['ALARM(stack-red)', true],
  ['ALARM ( "arn:aws:cloudwatch:eu-central-1:1:alarm:red" )', true],
  ['ALARM(green)', false],
  ['OK(green)', true],
  ['INSUFFICIENT_DATA("grey")', true],
  ['OK(grey) OR ALARM(grey)', false],
  ['TRUE', true],
  ['FALSE OR NOT FALSE', true],
  ['NOT ALARM(stack-red) OR OK(green)', true],
  ['NOT (ALARM(stack-red) OR OK(green))', false],
  ['NOT NOT TRUE', true],
  ['TRUE OR FALSE AND FALSE', true],
  ['(TRUE OR FALSE) AND FALSE', false],
  ['ALARM("stack-red")\n AND (NOT ALARM(green) AND OK(green)) ', true],
] as const) {
  test(`the rule ${rule.replaceAll('\n', ' ')} is ${isTrue}`, () => {
    assert.equal(parseAlarmRule(rule).isTrue(stateOf), isTrue)
  })
}

test('a rule names each alarm that it looks at once', () => {
  const { names } = parseAlarmRule('ALARM(a) AND (OK("b") OR NOT ALARM("a")) AND TRUE')
  assert.deepEqual(names, ['a', 'b'])
})

const any = (count: number, toElement: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => toElement(index)).join(' OR ')
for (const [says, rule, message] of [
  ['nothing', '', /it ends too early/],
  ['an open quote', 'ALARM("a', /a quote is open/],
  ['an open parenthesis', '(TRUE', /it ends too early/],
  ['one parenthesis too many', 'TRUE)', /: \)/],
  ['an unknown function', 'BROKEN(a)', /: BROKEN/],
  ['no name', 'ALARM()', /cannot read/],
  ['no operator', 'ALARM(a) ALARM(b)', /: ALARM/],
  ['an operator alone', 'ALARM(a) AND', /it ends too early/],
  ['more than 100 alarms', any(101, (index) => `OK(a${index})`), /at most 100 alarms/],
  ['more than 500 elements', any(501, () => 'TRUE'), /and 500 elements/],
] as const) {
  test(`a rule with ${says} is refused`, () => {
    assert.throws(() => parseAlarmRule(rule), message)
  })
}

test('a rule of 100 alarms and one of nearly 500 elements are taken, as CloudWatch does', () => {
  assert.equal(parseAlarmRule(any(100, (index) => `OK(a${index})`)).names.length, 100)
  assert.equal(parseAlarmRule(any(166, (index) => `(NOT OK(a${index % 9}))`)).names.length, 9)
})

const page = {
  AlarmName: 'page',
  AlarmRule: 'ALARM(stack-red)',
  ActionsSuppressor: 'deployment',
  ActionsSuppressorWaitPeriod: 2,
  ActionsSuppressorExtensionPeriod: 3,
}

/** The examples of AWS's page on suppression: waiting takes 2 units of time, the extension 3. */
for (const [says, red, suppressing, acts] of [
  ['waits, then acts, since nothing suppresses it', [2, 99], [99, 99], ['ALARM at 4']],
  ['does not act when suppression begins while it waits', [2, 99], [3, 99], []],
  ['waits anew when it recovers while it waits', [2, 3], [99, 99], ['OK at 5']],
  ['does not act when it goes off under suppression', [2, 99], [1, 99], []],
  ['acts once the extension after suppression is over', [2, 99], [3, 6], ['ALARM at 9']],
  ['waits anew when it recovers within the extension', [2, 7], [3, 6], ['OK at 9']],
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
  const alarm = readCompositeAlarm({ AlarmName: 'page', AlarmRule: 'TRUE' })
  const now = { nowMs: 0, hasChanged: true, suppressed: false }
  assert.deepEqual(stepHold(alarm, now, settled), { ...settled, acts: true })
})

test('a suppressor without its two periods is refused, as CloudWatch would', () => {
  const { ActionsSuppressorWaitPeriod: _, ...without } = page
  assert.throws(() => readCompositeAlarm(without), /WaitPeriod is no number/)
})
