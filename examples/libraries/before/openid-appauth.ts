import { AuthorizationServiceConfiguration, FetchRequestor } from '@openid/appauth'
import { issuer } from '../settings.ts'

export const requestor = new FetchRequestor()
export const configuration = AuthorizationServiceConfiguration.fetchFromIssuer(issuer, requestor)
