// What a lost setting makes of every user's request is what anybody can send: the page goes by the users who
// are missed. The clock is the drill's.
import assert from 'node:assert/strict'
import test from 'node:test'
import {
  comeUp,
  failing,
  openDrill,
  repeat,
  succeeding,
} from '../../fixtures/conformance/alarm-drill.ts'

const everybodysMistakes = [
  ...(['origin_not_allowed', 'redirect_uri_not_allowed', 'client_unknown'] as const),
  ...(['code_rejected', 'refresh_cookie_unreadable', 'grant_type_unsupported'] as const),
  // A distribution that sends the wrong key, or none.
  ...(['edge_key_mismatch', 'edge_key_missing'] as const),
]

for (const cause of everybodysMistakes) {
  test(`all users being refused by ${cause}, who were served until then, pages once by PageStopped`, () => {
    const drill = openDrill()
    comeUp(drill)
    const before = drill.pageMessages().length
    drill.pass(120, () => repeat(drill, 3, succeeding()))
    drill.pass(120, () => repeat(drill, 3, failing(cause)))
    assert.deepEqual(drill.pageMessages().slice(before), ['PageStopped ALARM'])
  })

  test(`anybody’s requests that are refused by ${cause} page nobody beside users who are served, and none at night`, () => {
    const drill = openDrill()
    comeUp(drill)
    const before = drill.pageMessages().length
    drill.pass(180, () => {
      repeat(drill, 2, succeeding())
      repeat(drill, 60, failing(cause))
    })
    // Users go home one by one.
    drill.pass(180, (minute) => {
      if (minute % (1 + Math.floor(minute / 20)) === 0) drill.write(succeeding())
      repeat(drill, 60, failing(cause))
    })
    drill.pass(120, () => repeat(drill, 60, failing(cause)))
    assert.deepEqual(drill.pageMessages().slice(before), [])
  })
}
