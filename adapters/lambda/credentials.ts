import { fromEnv } from '@aws-sdk/credential-provider-env'
import { memoize } from '@smithy/core/config'

/** Keys for a call of AWS, and when they end where that is known. */
type Credentials = Awaited<ReturnType<ReturnType<typeof fromEnv>>>

/** Keys are renewed this long before they end, as by the SDK's own chain. */
const renewedBeforeMs = 300_000

/**
 * Gives a client of the SDK the credentials that Lambda has: those in the environment, or those of the
 * endpoint that the platform names where it renews them, as SnapStart does. The build puts it in the place
 * of the SDK's own chain, which also knows profiles, single sign-on and other hosts.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export const defaultProvider = (): (() => Promise<Credentials>) =>
  process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] === undefined
    ? fromEnv()
    : memoize(askEndpoint, isEnding, ({ expiration }) => expiration !== undefined)

/** A chunk of its own: most deployments have their credentials in the environment. */
async function askEndpoint(): Promise<Credentials> {
  const { fromHttp } = await import('@aws-sdk/credential-provider-http')
  return fromHttp()()
}

function isEnding({ expiration }: Credentials): boolean {
  return expiration !== undefined && expiration.getTime() - Date.now() < renewedBeforeMs
}
