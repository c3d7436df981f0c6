import type { DescribedClient } from './pool-evidence.ts'

/** The attributes that each scope of Cognito's covers; other scopes cover none. */
const attributesByScope: Readonly<Record<string, readonly string[]>> = {
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  // OpenID Connect Core 1.0 section 5.4.
  profile: [
    ...['name', 'family_name', 'given_name', 'middle_name', 'nickname', 'preferred_username'],
    ...['profile', 'picture', 'website', 'gender', 'birthdate', 'zoneinfo', 'locale', 'updated_at'],
  ],
}

/**
 * Whether an app client may read every attribute that a scope of its own covers; Cognito refuses tokens
 * where it may not. A sign-in asks for some of these scopes, and for no others.
 */
export function readsItsScopes({ scopes, readAttributes }: DescribedClient): boolean {
  // By default all of them can be read.
  if (readAttributes === undefined) return true
  const needed = scopes.flatMap((scope) => attributesByScope[scope] ?? [])
  return needed.every((attribute) => readAttributes.includes(attribute))
}
