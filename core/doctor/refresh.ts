import { forAppClient, forGrant } from './judge.ts'
import { pass, reject, skip, warn } from './verdict.ts'

/** Judges the proxy's settings for second attempts by what the app client really does. */
export const judgeRotation = forGrant(
  'refresh_token',
  forAppClient((described, client) => {
    const real = described.isRotating ? 'on' : 'off'
    const grace = described.isRotating ? described.retryGracePeriodSeconds : 0
    const found = described.isRotating
      ? `rotation is on, with a grace period of ${grace} s`
      : 'rotation is off'
    if (client.refreshTokenRotation === 'unknown') {
      return warn(
        `${found}, but the settings do not mention it`,
        `Set ${toSettings(real, grace)}, so that the proxy can repeat a lost refresh when that is safe.`,
      )
    }
    const isSame = client.refreshTokenRotation === real && client.retryGracePeriodSeconds === grace
    if (isSame) return pass(found)
    const said = toSettings(client.refreshTokenRotation, client.retryGracePeriodSeconds)
    return reject('refresh_settings_differ', `${found}; the settings say ${said}`, {
      fix: `Set ${toSettings(real, grace)} for the client.`,
    })
  }),
)

/** Judges whether a refresh token outlives the access token that it renews. */
export const judgeValidity = forGrant(
  'refresh_token',
  forAppClient(({ refreshTokenSeconds, accessTokenSeconds }) => {
    const found = `${toSpan(refreshTokenSeconds)} from sign-in`
    return refreshTokenSeconds > accessTokenSeconds
      ? pass(found)
      : warn(
          `${found}, not longer than the access token's ${toSpan(accessTokenSeconds)}`,
          'Raise RefreshTokenValidity of the app client: with this value, a refresh is never possible.',
        )
  }),
)

/** Points out device tracking, which refuses a refresh without the key of the device that signed in. */
export const judgeDevices = forGrant('refresh_token', ({ pool }) => {
  if (!pool.ok) return skip(pool.why)
  return pool.value.hasDeviceTracking
    ? warn(
        'the user pool tracks devices, a reported cause of refused refreshes',
        'If refreshes are refused with invalid_grant, turn off device tracking, or let users sign in only on the sign-in pages.',
      )
    : pass('the user pool does not track devices')
})

function toSettings(rotation: string, graceSeconds: number): string {
  const grace = graceSeconds > 0 ? ` and retryGracePeriodSeconds ${graceSeconds}` : ''
  return `refreshTokenRotation "${rotation}"${grace}`
}

function toSpan(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} days`
  return seconds % 3600 === 0 ? `${seconds / 3600} h` : `${Math.round(seconds / 60)} min`
}
