import type { Step } from './text.ts'

/** What the words in capitals stand for in every command of the runbook. */
export const placeholders = {
  POOL: 'the user pool id',
  CLIENT: "the app client's id",
  SECRET: 'the name or ARN of the secret in Secrets Manager',
  DOMAIN: 'the domain: the prefix alone, or the whole host name of a custom domain',
  REDIRECT_URI: 'the redirect URI, as it stands in the settings of the client',
  HOST: 'the host name in the `domain` setting of the client',
  ROLE: "the ARN of the function's role",
  REGION: "the user pool's Region",
  ACCOUNT: 'the AWS account id',
  STAGE: 'the name of the stage, as in `stages/STAGE.json`',
  NUMBER: 'a number that you choose',
  API: "the HTTP API's id, the first word of its address",
  CERTIFICATE: 'the ARN of the certificate in us-east-1',
  KEY: 'the id or ARN of the key that encrypts the secret',
  TRIGGER: "the name of the trigger's function",
} as const

/** Shows what decides over a grant, and leaves the secret out. */
export const describeClient: Step = {
  command: `aws cognito-idp describe-user-pool-client --user-pool-id POOL --client-id CLIENT \\
  --query 'UserPoolClient.{flows: AllowedOAuthFlows, oauthSwitch: AllowedOAuthFlowsUserPoolClient,
    callbacks: CallbackURLs, scopes: AllowedOAuthScopes, readable: ReadAttributes,
    refreshValidity: RefreshTokenValidity, units: TokenValidityUnits, rotation: RefreshTokenRotation,
    revocation: EnableTokenRevocation}'`,
}

/** Says whether the app client exists and has a secret, without showing it. */
export const hasSecret: Step = {
  command: `aws cognito-idp describe-user-pool-client --user-pool-id POOL --client-id CLIENT \\
  --query "contains(keys(UserPoolClient), 'ClientSecret')"`,
}

/** Compares the stored secret with the app client's; prints neither. */
export const compareSecrets: Step = {
  command: `[ "$(aws secretsmanager get-secret-value --secret-id SECRET \\
    --query SecretString --output text | jq -r .client_secret)" = \\
  "$(aws cognito-idp describe-user-pool-client --user-pool-id POOL --client-id CLIENT \\
    --query UserPoolClient.ClientSecret --output text)" ] && echo same || echo different`,
}

/** Dates and ids only; the values are never listed. */
export const listSecrets: Step = {
  command: 'aws cognito-idp list-user-pool-client-secrets --user-pool-id POOL --client-id CLIENT',
}

/** Through pipes alone: the value is on no screen, in no file and in no argument list. */
export const storeSecret: Step = {
  command: `aws cognito-idp describe-user-pool-client --user-pool-id POOL --client-id CLIENT \\
  --query UserPoolClient.ClientSecret --output text \\
  | jq -R '{client_id: "CLIENT", client_secret: .}' \\
  | aws secretsmanager put-secret-value --secret-id SECRET --secret-string file:///dev/stdin`,
}

/** Adds a second secret to the app client and stores it, through pipes alone. */
export const replaceSecret: Step = {
  command: `aws cognito-idp add-user-pool-client-secret --user-pool-id POOL --client-id CLIENT \\
  --query ClientSecretDescriptor.ClientSecretValue --output text \\
  | jq -R '{client_id: "CLIENT", client_secret: .}' \\
  | aws secretsmanager put-secret-value --secret-id SECRET --secret-string file:///dev/stdin`,
}

/** Ends an old secret; the last one of an app client cannot be deleted. */
export const deleteSecret: Step = {
  command: `aws cognito-idp delete-user-pool-client-secret --user-pool-id POOL --client-id CLIENT \\
  --client-secret-id THE_OLD_SECRETS_ID`,
}

/** The shape of the stored secret: its client id, and the length of the rest. */
export const showSecretShape: Step = {
  command: `aws secretsmanager get-secret-value --secret-id SECRET --query SecretString --output text \\
  | jq '{client_id, client_secret: (.client_secret | length)}'`,
}

export const describeSecret: Step = {
  command: 'aws secretsmanager describe-secret --secret-id SECRET',
}

export const describeDomain: Step = {
  command: 'aws cognito-idp describe-user-pool-domain --domain DOMAIN',
}

export const describePool: Step = {
  command: `aws cognito-idp describe-user-pool --user-pool-id POOL \\
  --query 'UserPool.{domain: Domain, customDomain: CustomDomain, triggers: LambdaConfig,
    devices: DeviceConfiguration}'`,
}

/** Asks the token endpoint without credentials: any JSON answer proves name, TLS, path and network. */
export const probeDomain: Step = {
  command: `curl -sS -o /dev/null -D - -A token-proxy -H 'accept: application/json' \\
  -d grant_type=refresh_token https://HOST/oauth2/token`,
}

/** How an app client is changed safely; the pages refer to it. */
export const changeClientLink = '[changed safely](README.md#changing-an-app-client)'

const readOnly = '.ClientSecret, .ClientType, .CreationDate, .LastModifiedDate'
const readWhole = `aws cognito-idp describe-user-pool-client --user-pool-id POOL --client-id CLIENT \\
  --query UserPoolClient --output json`
// The whole answer would show the secret.
const onlyId = '--query UserPoolClient.ClientId --output text'
const writeWhole = `aws cognito-idp update-user-pool-client ${onlyId} --cli-input-json file://app-client.json`

/** The whole configuration there and back, since whatever an update leaves out is reset. */
export const changeClient = `${readWhole} | jq 'del(${readOnly})' > app-client.json
# change app-client.json, then
${writeWhole}`

/** The same with one change made on the way. */
function toChange(change: string): Step {
  return {
    command: `${readWhole} | jq 'del(${readOnly})
  | ${change}' > app-client.json
${writeWhole}`,
  }
}

export const allowCode = toChange('.AllowedOAuthFlows += ["code"]')
export const enableOAuth = toChange('.AllowedOAuthFlowsUserPoolClient = true')
export const registerCallback = toChange('.CallbackURLs += ["REDIRECT_URI"]')
export const enableRevocation = toChange('.EnableTokenRevocation = true')
export const allowOpenId = toChange('.AllowedOAuthScopes += ["openid"]')
export const allowUserPoolSignIn = toChange('.SupportedIdentityProviders += ["COGNITO"]')

/** Makes an app client like another one, with a secret, and prints nothing but its id. */
export const createClient: Step = {
  command: `${readWhole} | jq 'del(.ClientId, ${readOnly}) | .GenerateSecret = true' > app-client.json
aws cognito-idp create-user-pool-client ${onlyId} --cli-input-json file://app-client.json`,
}

/** Cognito's quotas of the account with their codes. */
export const listQuotas: Step = {
  command: `aws service-quotas list-service-quotas --service-code cognito-idp \\
  --query 'Quotas[].[QuotaCode, QuotaName, Value]' --output table`,
}

/** Lets fewer requests through to Cognito, until the next deployment. */
export const lowerThrottle: Step = {
  command: `aws apigatewayv2 update-stage --api-id API --stage-name '$default' \\
  --default-route-settings ThrottlingRateLimit=NUMBER,ThrottlingBurstLimit=NUMBER`,
}

const aclReadOnly = `.ARN, .Capacity, .LabelNamespace, .ManagedByFirewallManager,
    .RetrofittedByFirewallManager, .PreProcessFirewallManagerRuleGroups,
    .PostProcessFirewallManagerRuleGroups`

/** The whole web ACL there and back, since whatever an update leaves out is reset. */
export const readWebAcl: Step = {
  command: `aws wafv2 get-web-acl --scope REGIONAL --name THE_ACLS_NAME --id THE_ACLS_ID \\
  | jq '(.WebACL | del(${aclReadOnly})) + {Scope: "REGIONAL", LockToken}' > web-acl.json`,
}
export const writeWebAcl: Step = {
  command: 'aws wafv2 update-web-acl --cli-input-json file://web-acl.json',
}

/** Makes a changed stage file take effect. */
export const deployStage: Step = { command: 'npm run deploy -- --stage STAGE' }

/** Puts back a package that was deployed before, with the settings of its time. */
export const rollBack: Step = {
  command: `npm run build
npx osls deploy list --stage STAGE
npx osls rollback --stage STAGE --timestamp THE_TIMESTAMP`,
}

export const listClients: Step = {
  command: `aws cognito-idp list-user-pool-clients --user-pool-id POOL \\
  --query 'UserPoolClients[].[ClientName, ClientId]' --output table`,
}
