import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'

const regionMissing =
  "no usable AWS Region is set: set AWS_REGION to that of the secrets (AWS_DEFAULT_REGION is the AWS CLI's alone)"
const credentialsMissing =
  'no AWS credentials could be had: set AWS_PROFILE to a profile that is signed in, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'

/**
 * Says in plain sentences what this machine lacks before AWS can be asked anything; none where nothing is
 * missing. Region and credentials are looked for as the SDK's own calls do, and what AWS thinks of them is
 * left to those calls: a denial must never pass for a machine that is not set up, nor the other way round.
 */
export async function findMissingAwsSetup(): Promise<readonly string[]> {
  const client = new SecretsManagerClient({})
  const [hasRegion, hasCredentials] = await Promise.all([
    client.config.region().then(isThere, () => false),
    client.config.credentials().then(isThere, isAnswered),
  ])
  client.destroy()
  return [...(hasRegion ? [] : [regionMissing]), ...(hasCredentials ? [] : [credentialsMissing])]
}

const isThere = () => true

/** Where a role is assumed AWS may say no: that is an answer, which the checks will meet and name. */
function isAnswered(thrown: unknown): boolean {
  return thrown instanceof Error && '$fault' in thrown
}
