import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InspectedClient } from '../../../core/doctor/findings.ts'
import type { Judge } from '../../../core/doctor/judge.ts'
import { judgeDevices, judgeRotation, judgeValidity } from '../../../core/doctor/refresh.ts'
import type { Client } from '../../../core/settings/settings.ts'
import { toAppClient, toFindings, toPoolClient } from '../../fixtures/core/sample-findings.ts'

const judge = (by: Judge, described: Partial<InspectedClient>, settings: Partial<Client> = {}) =>
  by(
    toFindings({
      client: toPoolClient(settings),
      appClient: { ok: true, value: toAppClient(described) },
    }),
  )

test('compares rotation and grace period of the settings with the real ones', () => {
  const rotation = (
    real: number | undefined,
    refreshTokenRotation: Client['refreshTokenRotation'],
    retryGracePeriodSeconds = 0,
  ) =>
    judge(
      judgeRotation,
      { isRotating: real !== undefined, retryGracePeriodSeconds: real ?? 0 },
      { refreshTokenRotation, retryGracePeriodSeconds },
    )
  assert.equal(rotation(undefined, 'off').status, 'ok')
  assert.equal(rotation(10, 'on', 10).status, 'ok')
  assert.equal(rotation(10, 'off').cause, 'refresh_settings_differ')
  assert.equal(rotation(undefined, 'on').cause, 'refresh_settings_differ')
  const graceless = rotation(10, 'on', 20)
  assert.match(graceless.fix ?? '', /refreshTokenRotation "on" and retryGracePeriodSeconds 10/)
  assert.equal(rotation(10, 'unknown').status, 'warning')
})

test('warns of refresh tokens that renew nothing, and tells spans in the unit that fits', () => {
  const validity = (refreshTokenSeconds: number, accessTokenSeconds = 300) =>
    judge(judgeValidity, { refreshTokenSeconds, accessTokenSeconds })
  assert.equal(validity(86_400 * 30).found, '30 days from sign-in')
  assert.equal(validity(7200).found, '2 h from sign-in')
  assert.equal(validity(3660).found, '61 min from sign-in')
  assert.equal(validity(3600, 3600).status, 'warning')
})

test('warns of a user pool that tracks devices, and says nothing of one that could not be read', () => {
  const pool = (hasDeviceTracking: boolean) =>
    judgeDevices(toFindings({ pool: { ok: true, value: { hasDeviceTracking, hasDomain: true } } }))
  assert.equal(pool(false).status, 'ok')
  assert.equal(pool(true).status, 'warning')
  assert.match(pool(true).fix ?? '', /invalid_grant/)
  const unread = judgeDevices(toFindings({ pool: { ok: false, why: 'denied' } }))
  assert.equal(unread.status, 'skipped')
})

test('asks nothing about refresh tokens of a client that has none', () => {
  const client = toPoolClient({ grants: ['authorization_code'], refreshTokenRotation: 'on' })
  const pool = { ok: true, value: { hasDeviceTracking: true, hasDomain: true } } as const
  const appClient = { ok: true, value: toAppClient({ refreshTokenSeconds: 1 }) } as const
  for (const by of [judgeRotation, judgeValidity, judgeDevices]) {
    assert.equal(by(toFindings({ client, pool, appClient })).status, 'ok')
  }
})
