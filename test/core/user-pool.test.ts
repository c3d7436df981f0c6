import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isReplicated,
  type PoolDomains,
  toDomainName,
  toDomainRegion,
  toIssuerOfAllRegions,
  toPoolDomainUrl,
  toPoolRegion,
  toReadRegion,
} from '../../core/user-pool.ts'

const toUrl = (changes: Partial<PoolDomains>) =>
  toPoolDomainUrl({
    userPoolId: 'eu-central-1_Example01',
    domainPrefix: 'example-login',
    customDomain: undefined,
    ...changes,
  })

test('takes the Region from the id of the user pool', () => {
  assert.equal(toPoolRegion('us-gov-west-1_AbC'), 'us-gov-west-1')
})

test('reads a user pool in its own Region, unless the settings name that of a replica', () => {
  const userPoolId = 'eu-central-1_AbC'
  assert.equal(toReadRegion({ userPoolId, userPoolRegion: undefined }), 'eu-central-1')
  assert.equal(toReadRegion({ userPoolId, userPoolRegion: 'eu-west-1' }), 'eu-west-1')
  assert.equal(toReadRegion({ userPoolId: undefined, userPoolRegion: undefined }), '')
})

test('gives the issuer of all Regions, which names the primary one', () => {
  const [usual, china] = ['eu-central-1_AbC', 'cn-north-1_AbC'].map(toIssuerOfAllRegions)
  assert.equal(usual, 'https://issuer-cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbC')
  assert.equal(china, 'https://issuer-cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbC')
})

test('knows of a replica by the Region that the settings name, whichever of the two it is', () => {
  assert.ok(!isReplicated({ userPoolRegion: undefined }))
  assert.ok(isReplicated({ userPoolRegion: 'eu-central-1' }))
})

test('gives the domain that users know', () => {
  assert.equal(toUrl({}), 'https://example-login.auth.eu-central-1.amazoncognito.com')
  assert.equal(toUrl({ customDomain: 'login.example.com' }), 'https://login.example.com')
})

test('gives the FIPS endpoint of AWS GovCloud, which has no other', () => {
  assert.equal(
    toUrl({ userPoolId: 'us-gov-west-1_Example01' }),
    'https://example-login.auth-fips.us-gov-west-1.amazoncognito.com',
  )
})

test('gives none for a pool without a domain', () => {
  for (const domainPrefix of [undefined, '']) assert.equal(toUrl({ domainPrefix }), undefined)
})

test('a domain of Cognito is known by its prefix in its own Region, and by its host name otherwise', () => {
  const own = 'https://shop.auth.eu-central-1.amazoncognito.com'
  assert.equal(toDomainName(own, 'eu-central-1'), 'shop')
  assert.equal(toDomainName(own, 'eu-west-1'), 'shop.auth.eu-central-1.amazoncognito.com')
  assert.equal(toDomainName('https://login.example.com', 'eu-central-1'), 'login.example.com')
  assert.equal(toDomainName('no address', 'eu-central-1'), '')
})

test('the Region of a domain is read off where it names one', () => {
  assert.equal(
    toDomainRegion('https://a.auth-fips.us-gov-west-1.amazoncognito.com'),
    'us-gov-west-1',
  )
  assert.equal(toDomainRegion('https://login.example.com'), undefined)
  assert.equal(toDomainRegion('no address'), undefined)
})
