import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answered } from '../../fixtures/conformance/diagnosed-world.ts'
import { judgeInTime } from '../../fixtures/conformance/in-time.ts'
import {
  openTwoRegions,
  type RegionWorld,
  secondRegion,
} from '../../fixtures/conformance/two-regions.ts'
import { hangMs } from '../../fixtures/patience.ts'

const refresh = (token: string) => ({ grant_type: 'refresh_token', refresh_token: token })

/** What an answer says to a front end, and its record to an operator. */
function toTold({ reply, record }: Answered) {
  const { cause, fault, certainty, candidates, evidence } = record
  const { status, body } = reply
  return { status, error: body['error'], cause, fault, certainty, candidates, evidence }
}

type Told = ReturnType<typeof toTold>

const ask = async (world: RegionWorld, form: Readonly<Record<string, string>>) =>
  toTold(await world.ask(form))

/** Asks a cold sandbox, and another one where the explanation came too late. */
const askInTime = (
  world: RegionWorld,
  form: Readonly<Record<string, string>>,
  judge: (told: Told) => void,
) =>
  judgeInTime(
    async () => {
      world.coolDown()
      return [await world.ask(form)]
    },
    ([answered = assert.fail()]) => judge(toTold(answered)),
  )

const describeCalls = ({ aws }: RegionWorld) =>
  aws.calls.filter(({ target }) => target.startsWith('AWSCognito')).length

test('while the primary Region fails, the second one serves, and nobody is blamed wrongly', {
  timeout: hangMs,
}, async (t) => {
  const regions = await openTwoRegions(t)
  const { primary, second } = regions
  const { form } = await primary.visitor.signIn()
  const { reply } = await primary.ask(form)
  assert.equal(reply.status, 200)
  const session = String(reply.body['refresh_token'])
  const { form: pendingCode } = await primary.visitor.signIn()
  regions.replicate()
  const { refresh_token: late } = await primary.visitor.tokens()

  await t.test('before the domain moves, it is an outage of Cognito in both Regions', async () => {
    regions.failPrimary()
    for (const world of [primary, second]) {
      const { status, error, fault, cause } = await ask(world, refresh(session))
      assert.deepEqual([status >= 503, error], [true, 'temporarily_unavailable'], String(cause))
      assert.equal(fault, 'cognito')
      assert.equal(await world.health(), 200)
    }
  })

  await t.test('after the domain has moved, sessions go on and sign-ins work', async () => {
    regions.pointDomainTo('second')
    assert.equal((await second.ask(refresh(session))).reply.status, 200)
    const { form: fresh } = await second.visitor.signIn()
    const answer = await second.ask(fresh)
    assert.equal(answer.reply.status, 200)
    assert.deepEqual([answer.record['outcome'], answer.record['cause']], ['ok', undefined])
  })

  await t.test(
    'a code of the other Region stays undetermined, and says what it may be',
    async () => {
      await askInTime(second, pendingCode, (told) => {
        assert.deepEqual(
          [told.status, told.error, told.cause, told.certainty],
          [400, 'invalid_grant', 'code_rejected', 'undetermined'],
        )
        assert.equal((told.candidates as string[]).at(-1), 'not_replicated_yet')
        // The user pool was described, in the Region that is left.
        assert.ok((told.evidence as string[]).includes('oauth_enabled'))
        assert.ok(describeCalls(second) > 0)
      })
    },
  )

  await t.test('a refresh token that was not replicated in time does, too', async () => {
    const answer = await ask(second, refresh(late))
    assert.deepEqual(
      [answer.status, answer.error, answer.cause, answer.certainty],
      [400, 'invalid_grant', 'refresh_token_rejected', 'undetermined'],
    )
    assert.equal((answer.candidates as string[]).at(-1), 'not_replicated_yet')
  })

  await t.test('what is wrong in the second Region itself is still proved there', async () => {
    const { form: fresh } = await second.visitor.signIn()
    const [client] = second.config.appClients
    assert.ok(client)
    const { secrets } = client
    client.secrets = secrets.map((one) => ({ ...one, value: 'another+one_0123456789abcdef' }))
    await askInTime(second, fresh, ({ status, cause, certainty }) => {
      assert.deepEqual([status, cause, certainty], [502, 'client_secret_mismatch', 'proved'])
    })
    client.secrets = secrets
  })

  await t.test('when the primary Region is back, it goes on with the same session', async () => {
    regions.restorePrimary()
    regions.pointDomainTo('primary')
    for (const world of [primary, second]) {
      assert.equal((await world.ask(refresh(session))).reply.status, 200, world.stage.region)
    }
  })
})

test('no code and no refresh token of the second Region reaches the first one by itself', {
  timeout: hangMs,
}, async (t) => {
  const regions = await openTwoRegions(t)
  const { primary, second } = regions
  regions.pointDomainTo('second')
  const { reply } = await second.ask((await second.visitor.signIn()).form)
  assert.equal(reply.status, 200)
  regions.pointDomainTo('primary')
  const answer = await ask(primary, refresh(String(reply.body['refresh_token'])))
  assert.deepEqual([answer.cause, answer.certainty], ['refresh_token_rejected', 'undetermined'])
  assert.equal((answer.candidates as string[]).at(-1), 'not_replicated_yet')
  assert.notEqual(primary.stage.region, secondRegion)
})
