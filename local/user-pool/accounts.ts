import { randomUUID } from 'node:crypto'
import type { FindAccount } from 'oidc-provider'
import type { PoolUser } from './pool-config.ts'

/** The users of the pool, each with the uuid that Cognito calls `sub`. */
export interface Accounts {
  readonly users: readonly PoolUser[]
  usernameOf(sub: string): string | undefined
  /** Accepts the email address as the username too, as a pool with that alias does. */
  subWithPassword(username: string, password: string): string | undefined
  readonly find: FindAccount
}

/** Gives each user without a `sub` a fresh one for the life of the process. */
export function openAccounts(users: readonly PoolUser[]): Accounts {
  const bySub = new Map(users.map((user) => [user.sub ?? randomUUID(), user]))
  return {
    users,
    usernameOf: (sub) => bySub.get(sub)?.username,
    subWithPassword: (username, password) =>
      [...bySub].find(
        ([, user]) =>
          [user.username, user.email].includes(username.trim()) && user.password === password,
      )?.[0],
    find: (_ctx, sub) => {
      const user = bySub.get(sub)
      return user && { accountId: sub, claims: (use) => claimsOf(sub, user, use) }
    },
  }
}

function claimsOf(sub: string, user: PoolUser, use: string) {
  const profile = { sub, email: user.email, email_verified: true, name: user.name }
  return use === 'id_token'
    ? { ...profile, 'cognito:username': user.username, token_use: 'id' }
    : // A text and not a boolean here, as in AWS's own sample of userInfo.
      { ...profile, email_verified: 'true', username: user.username }
}
