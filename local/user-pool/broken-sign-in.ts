import { randomBytes } from 'node:crypto'
import type { MemoryStore } from './memory-store.ts'
import type { SwitchOf } from './pool-switch.ts'

interface SignInFault {
  readonly grantType: 'authorization_code' | 'refresh_token'
  /** Corrupts what the provider will check, so that the provider itself refuses it. */
  readonly spoil: (store: MemoryStore, form: URLSearchParams) => unknown
}

const longAgoSeconds = 1

const code = (store: MemoryStore, form: URLSearchParams) =>
  store.entry('AuthorizationCode', form.get('code') ?? '')
const refreshToken = (store: MemoryStore, form: URLSearchParams) =>
  store.entry('RefreshToken', form.get('refresh_token') ?? '')

export const signInFaults = {
  redirect_differs: {
    grantType: 'authorization_code',
    spoil: (store, form) => {
      const entry = code(store, form)
      if (entry !== undefined) entry.payload.redirectUri = 'https://elsewhere.invalid/callback'
    },
  },
  code_expired: {
    grantType: 'authorization_code',
    spoil: (store, form) => {
      const entry = code(store, form)
      if (entry !== undefined) entry.payload.exp = longAgoSeconds
    },
  },
  code_used: {
    grantType: 'authorization_code',
    spoil: (store, form) => {
      const entry = code(store, form)
      if (entry !== undefined) entry.spentAtMs = longAgoSeconds * 1000
    },
  },
  verifier_wrong: {
    grantType: 'authorization_code',
    spoil: (_store, form) => form.set('code_verifier', randomBytes(32).toString('base64url')),
  },
  refresh_expired: {
    grantType: 'refresh_token',
    spoil: (store, form) => {
      const entry = refreshToken(store, form)
      if (entry !== undefined) entry.payload.exp = longAgoSeconds
    },
  },
  refresh_revoked: {
    grantType: 'refresh_token',
    spoil: (store, form) =>
      store.adapterFor('RefreshToken').destroy(form.get('refresh_token') ?? ''),
  },
  refresh_rotated_out: {
    grantType: 'refresh_token',
    spoil: (store, form) => {
      const entry = refreshToken(store, form)
      if (entry !== undefined) entry.spentAtMs = longAgoSeconds * 1000
    },
  },
} as const satisfies Record<SwitchOf<'sign-in'>, SignInFault>
