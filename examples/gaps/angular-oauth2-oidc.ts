import { service } from '../libraries/angular-oauth2-oidc.ts'

export * from '../libraries/angular-oauth2-oidc.ts'

export const signOut = async () => (await service).revokeTokenAndLogout()
