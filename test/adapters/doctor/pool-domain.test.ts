import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { mockClient } from 'aws-sdk-client-mock'
import { askPoolDomain } from '../../../adapters/doctor/pool-domain.ts'

const cognito = mockClient(CognitoIdentityProviderClient)
const poolId = 'eu-central-1_Example01'
beforeEach(() => {
  cognito.reset()
})

const domains: readonly (readonly [pool: object, domain: string | undefined])[] = [
  [{ Domain: 'shop' }, 'https://shop.auth.eu-central-1.amazoncognito.com'],
  [{ Domain: 'shop', CustomDomain: 'login.example.com' }, 'https://login.example.com'],
  [{}, undefined],
]
for (const [pool, domain] of domains) {
  test(`the domain of a user pool with ${JSON.stringify(pool)} is ${domain}`, async () => {
    cognito.on(DescribeUserPoolCommand).resolves({ UserPool: pool })
    assert.deepEqual(await askPoolDomain(poolId), { ok: true, value: domain })
  })
}

test('a missing user pool is distinguished from one that may not be read', async () => {
  const toError = (name: string) => Object.assign(new Error(name), { name })
  for (const [name, why] of [
    ['ResourceNotFoundException', 'absent'],
    ['AccessDeniedException', 'denied'],
    ['InternalErrorException', 'unanswered'],
  ] as const) {
    cognito.on(DescribeUserPoolCommand).rejects(toError(name))
    assert.deepEqual(await askPoolDomain(poolId), { ok: false, why })
  }
})
