import * as client from 'openid-client'
import { clientId, issuer } from '../settings.ts'

export const configuration = client.discovery(new URL(issuer), clientId, undefined, client.None())
