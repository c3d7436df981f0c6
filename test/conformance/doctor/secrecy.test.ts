import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toRoundText } from '../../../tools/doctor-text.ts'
import { openCanaries } from '../../fixtures/conformance/canaries.ts'
import { type Environment, runDoctor } from '../../fixtures/conformance/doctor-doors.ts'
import {
  assertSecrecy,
  openSecretStage,
  testSecrecy,
  toTexts,
} from '../../fixtures/conformance/doctor-secrecy.ts'
import { webClient } from '../../fixtures/conformance/proxy.ts'

// secrecy.long.ts asks the command, too, which is a process each time.
testSecrecy('round', 'page')

test('no door shows a credential that is in the wrong place of settings or arguments (OBS-01)', async (t) => {
  const { stage, canaries, env, secret } = await openSecretStage(t)
  const misplaced: readonly Environment[] = [
    stage.withClient({ clientSecret: secret }),
    stage.withClient({ [secret]: true }),
    stage.withClient({ secretId: `~${secret}`, domain: `https://${secret}@x.example` }),
    { TOKEN_PROXY_CLIENTS: secret },
    { TOKEN_PROXY_DEADLINE_MS: secret },
  ]
  for (const change of misplaced) {
    const said = await stage.knockAtAll({ ...env, ...change })
    assertSecrecy(canaries, said)
    assert.deepEqual([said.json.code, said.table.code], [1, 1])
  }
  for (const args of [[secret], ['--client', secret], [`--${secret}`]]) {
    const { code, out, err } = await runDoctor(args, stage.env)
    assert.deepEqual([code, canaries.findIn(out + err)], [2, []])
  }
  const half = { ...stage.env, ...env, AWS_ACCESS_KEY_ID: '', AWS_EC2_METADATA_DISABLED: 'true' }
  const { code, err } = await runDoctor([], { ...half, HOME: '/nonexistent' })
  assert.deepEqual([code, canaries.findIn(err)], [2, []])
})

test('the scan looks where the doctor speaks, and would find a credential in each form (positive control)', async (t) => {
  const { stage, canaries, env, secret } = await openSecretStage(t)
  const control = openCanaries()
  const seen = control.add('callback', `${secret}-in-a-callback`)
  stage.client.callbackUrls.push(`https://app.example/${seen}`)
  const said = await stage.knockAtAll(env)
  // Two runs may see the clock of Cognito a second apart.
  const withoutClock = (text: string) => text.replace(/\d+ s from/, '… s from').trimEnd()
  const inOtherWords = toRoundText(JSON.parse(said.json.out))
  assert.equal(withoutClock(said.table.out), withoutClock(inOtherWords))
  const { 'what the function writes': lines, ...shown } = toTexts(said)
  for (const [door, words] of Object.entries(shown)) {
    assert.ok(control.findIn(words).includes('callback (plain)'), door)
    assert.ok(canaries.findIn(words).includes('client secret (first 8 characters)'), door)
  }
  assert.match(lines, /"check_result":"ok"/)
  const bytes = Buffer.from(secret)
  const basic = Buffer.from(`${webClient.clientId}:${secret}`).toString('base64')
  const forms = [secret, secret.slice(0, 8), encodeURIComponent(secret), bytes.toString('hex')]
  for (const form of [...forms, bytes.toString('base64'), basic]) {
    assert.notDeepEqual(canaries.findIn(`a ${form} b`), [], form)
  }
  assert.ok(
    canaries.findIn(stage.probes.join()).includes('Basic value of the client secret (plain)'),
  )
})
