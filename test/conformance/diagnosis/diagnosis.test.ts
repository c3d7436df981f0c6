// The built function before the embedded user pool, which really is in the state that the proxy must find out.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import test, { describe } from 'node:test'
import { type CauseName, toCause } from '../../../core/causes/catalogue.ts'
import type { PoolSwitch } from '../../../local/user-pool/pool-switch.ts'
import {
  assertFinding,
  type DiagnosedWorld,
  type DiagnosedWorldOptions,
} from '../../fixtures/conformance/diagnosed-world.ts'
import { type PoolState, poolStates } from '../../fixtures/conformance/pool-states.ts'
import { assertFound, shareWorld } from '../../fixtures/conformance/shared-world.ts'

/** Asks for what the state is about, once it has begun. */
async function provoke(world: DiagnosedWorld, { grant, spoil }: PoolState) {
  if (grant === 'code') {
    const form = await world.codeForm()
    spoil(world)
    return world.ask(form)
  }
  const form = await world.refreshForm()
  spoil(world)
  return grant === 'refresh' ? world.ask(form) : world.revoke(form)
}

/** Asks with what was good until the pool broke. */
async function askBroken(world: DiagnosedWorld, grant: 'code' | 'refresh', name: PoolSwitch) {
  const form = await (grant === 'code' ? world.codeForm() : world.refreshForm())
  world.visitor.pool.breakWith(name)
  return world.ask(form)
}

describe('if the pool may be described', () => {
  const shared = shareWorld()
  for (const state of poolStates) {
    const { says, grant, found } = state
    test(`${says} is found out at a ${grant}: ${found.cause}, ${found.certainty}`, async () => {
      await assertFound(shared, (world) => provoke(world, state), found)
    })
  }

  test('a failed trigger is recognised by its text alone, which proves nothing', async () => {
    const ask = (world: DiagnosedWorld) => askBroken(world, 'code', 'trigger_failed')
    await assertFound(shared, ask, {
      cause: 'lambda_trigger_failed',
      certainty: 'likely',
      evidence: ['trigger_text'],
    })
  })

  for (const name of ['code_used', 'code_expired', 'verifier_wrong'] as const) {
    test(`${name} by somebody else cannot be told from the other ways to lose a code`, async () => {
      const ask = (world: DiagnosedWorld) => askBroken(world, 'code', name)
      await assertFound(shared, ask, {
        cause: 'code_rejected',
        certainty: 'undetermined',
        evidence: ['no_use_on_record', 'oauth_enabled'],
        candidates:
          toCause('code_rejected').candidates?.filter(
            (candidate) => candidate !== 'oauth_flows_disabled',
          ) ?? [],
      })
    })
  }

  for (const name of ['refresh_expired', 'refresh_revoked', 'refresh_rotated_out'] as const) {
    for (const isRotating of [false, true]) {
      test(`${name} somewhere else, rotation ${isRotating ? 'on' : 'off'}, leaves what the pool allows`, async () => {
        const ask = (world: DiagnosedWorld) => {
          const rotation = isRotating ? { retryGracePeriodSeconds: 0 } : undefined
          world.visitor.client.refreshTokenRotation = rotation
          const remembering = isRotating ? { challengeRequiredOnNewDevice: true } : undefined
          world.config.deviceConfiguration = remembering
          return askBroken(world, 'refresh', name)
        }
        const left = toCause('refresh_token_rejected').candidates ?? []
        const ruledOut = isRotating ? [] : ['refresh_token_rotated_out', 'device_tracking']
        await assertFound(shared, ask, {
          cause: 'refresh_token_rejected',
          certainty: 'undetermined',
          evidence: isRotating ? [] : ['rotation_off', 'device_tracking_off'],
          candidates: left.filter((candidate) => !ruledOut.includes(candidate)),
        })
      })
    }
  }
})

describe('a made-up code caused a description of the app client just before it broke', () => {
  const shared = shareWorld()
  const ofCode = poolStates.filter(
    ({ grant, found }) => grant === 'code' && isOfClient(found.cause),
  )
  for (const state of ofCode) {
    const { says, found } = state
    test(`${says} is found out all the same: ${found.cause}, ${found.certainty}`, async () => {
      const ask = async (world: DiagnosedWorld) => {
        for (const junk of [
          { ...(await world.codeForm()), code: randomUUID() },
          { ...(await world.refreshForm()), refresh_token: randomUUID() },
        ]) {
          assert.equal((await world.ask(junk)).record['fault'], 'caller')
        }
        return provoke(world, state)
      }
      await assertFound(shared, ask, found)
    })
  }
})

/** Told by what is described of the app client. */
function isOfClient(cause: CauseName): boolean {
  return toCause(cause).fault === 'operator' && cause !== 'domain_of_another_pool'
}

describe('if nothing answers at the domain', () => {
  let hasDomain = true
  const shared = shareWorld({ poolOfDomain: (config) => (hasDomain ? config : undefined) })
  const cases = [
    ['its own', true, undefined, 'domain_not_found', 'likely', ['answered_404']],
    ['no pool’s', false, '', 'domain_not_found', 'likely', ['answered_404', 'domain_without_pool']],
    [
      'another pool’s',
      true,
      'eu-central-1_Another01',
      'domain_of_another_pool',
      'likely',
      ['answered_404', 'domain_elsewhere'],
    ],
  ] as const
  for (const [says, isKnown, owner, cause, certainty, evidence] of cases) {
    test(`a domain that is ${says} is ${cause}`, async () => {
      hasDomain = isKnown
      const ask = (world: DiagnosedWorld) => {
        if (owner !== undefined) world.config.domainPoolId = owner
        return askBroken(world, 'refresh', 'not_found')
      }
      await assertFound(shared, ask, { cause, certainty, evidence })
    })
  }
})

interface Blindness {
  readonly says: string
  readonly options?: DiagnosedWorldOptions
  readonly blind?: (world: DiagnosedWorld) => void
  readonly states?: readonly PoolState[]
}

/** Where nothing can be described, states with the same word of Cognito at the same grant look the same. */
const oneForEachAnswer = [
  ...new Map(poolStates.map((state) => [`${state.word} at a ${state.grant}`, state])).values(),
]
const oneForEachWord = [...new Map(poolStates.map((state) => [state.word, state])).values()]

const blindnesses: readonly Blindness[] = [
  { says: 'the settings name no user pool', options: { client: { userPoolId: undefined } } },
  {
    says: 'the describe calls are denied',
    blind: ({ aws }) => aws.denyCognito(true),
    states: oneForEachAnswer,
  },
  {
    says: 'the describe calls stay unanswered',
    blind: ({ aws }) => aws.silenceCognito(true),
    // They are waited for each time: one state for each word of Cognito is enough.
    states: oneForEachWord,
  },
]
for (const { says, options = {}, blind, states = poolStates } of blindnesses) {
  describe(`where ${says}`, () => {
    const shared = shareWorld(options)
    for (const state of states) {
      test(`${state.says} cannot be told at a ${state.grant}: ${state.word}`, async () => {
        blind?.(shared.get())
        const answered = await provoke(shared.get(), state)
        const candidates = toInput(state)
        assertFinding(answered, {
          cause: state.word,
          certainty: 'undetermined',
          evidence: openEvidence[state.word] ?? [],
          candidates,
        })
        // Where the pool's help leaves it open as well, what it leaves was a candidate before.
        const { cause, candidates: left = [cause] } = state.found
        const isNamed = left.every((one) => candidates.includes(one))
        assert.ok(isNamed, 'the true cause is a candidate')
      })
    }
  })
}

/** What is seen without the pool's help. */
const openEvidence: { readonly [N in CauseName]?: readonly string[] } = {
  client_rejected: ['secret_unchanged'],
  cognito_request_rejected: ['error_unexpected'],
}

/** What Cognito's word alone leaves open; a refresh names no redirect URI. */
function toInput({ word, grant }: PoolState): readonly string[] {
  const { candidates = [], rareCandidates = [] } = toCause(word)
  // The other rare candidates stand in front of Cognito, and answer without a word of OAuth.
  const rare = rareCandidates.filter((one) => one === 'revocation_disabled')
  const all = grant === 'revocation' ? [...rare, ...candidates] : candidates
  return word === 'client_unauthorized' && grant === 'refresh'
    ? all.filter((one) => !/redirect|callback/.test(one))
    : all
}
