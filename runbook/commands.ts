import { routes } from '../core/http-api.ts'
import type { Step } from './text.ts'

/** What the words in capitals stand for in every command of the runbook. */
export const placeholders = {
  POOL: 'the user pool id',
  CLIENT: "the app client's id",
  SECRET: 'the name or ARN of the secret in Secrets Manager',
  DOMAIN: 'the domain: the prefix alone, or the whole host name of a custom domain',
  REDIRECT_URI: 'the redirect URI, as in the settings of the client',
  HOST: 'the host name in the `domain` setting of the client',
  ROLE: "the ARN of the function's role",
  REGION: "the user pool's Region",
  OTHER_REGION: 'the second Region of a deployment in two',
  ACCOUNT: 'the AWS account id',
  STAGE: 'the name of the stage, as in `stages/STAGE.json`',
  NUMBER: 'a number that you choose',
  API: "the HTTP API's id, the first part of its host name",
  CERTIFICATE: 'the ARN of the certificate in us-east-1',
  KEY: 'the id or ARN of the key that encrypts the secret',
  PROXY: 'the host name at which front ends call the proxy, as in `publicUrl` of the stage',
  DISTRIBUTION: 'the id of the CloudFront distribution in front of the proxy',
  TRIGGER: "the name of the trigger's function",
} as const

/** Shows the settings that decide about a grant, without the secret. */
export const describeClient: Step = {
  command: `aws cognito-idp describe-user-pool-client --user-pool-id POOL --client-id CLIENT \\
  --query 'UserPoolClient.{flows: AllowedOAuthFlows, oauthSwitch: AllowedOAuthFlowsUserPoolClient,
    callbacks: CallbackURLs, scopes: AllowedOAuthScopes, readable: ReadAttributes,
    refreshValidity: RefreshTokenValidity, units: TokenValidityUnits, rotation: RefreshTokenRotation,
    revocation: EnableTokenRevocation}'`,
}

/** Tells whether the app client exists and Cognito shows its secret, without showing it here. */
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

/** Lists dates and ids only; Cognito never lists the values. */
export const listSecrets: Step = {
  command: 'aws cognito-idp list-user-pool-client-secrets --user-pool-id POOL --client-id CLIENT',
}

/** Uses only pipes: the value appears on no screen, in no file and in no argument list. */
export const storeSecret: Step = {
  command: `aws cognito-idp describe-user-pool-client --user-pool-id POOL --client-id CLIENT \\
  --query UserPoolClient.ClientSecret --output text \\
  | jq -R 'select(. != "None") | {client_id: "CLIENT", client_secret: .}' \\
  | aws secretsmanager put-secret-value --secret-id SECRET --secret-string file:///dev/stdin`,
}

/** Replaces the app client's secret, or stores one where the stored one is not one of its own; no value is shown. */
export const rotateSecret: Step = {
  command: 'npm run secret -- rotate --client NAME --stage STAGE',
}

/** Adds a second secret to the app client and stores it, only through pipes. */
export const replaceSecret: Step = {
  command: `aws cognito-idp add-user-pool-client-secret --user-pool-id POOL --client-id CLIENT \\
  --query ClientSecretDescriptor.ClientSecretValue --output text \\
  | jq -R '{client_id: "CLIENT", client_secret: .}' \\
  | aws secretsmanager put-secret-value --secret-id SECRET --secret-string file:///dev/stdin`,
}

/** Deletes an old secret; the last one of an app client cannot be deleted. */
export const deleteSecret: Step = {
  command: `aws cognito-idp delete-user-pool-client-secret --user-pool-id POOL --client-id CLIENT \\
  --client-secret-id THE_OLD_SECRETS_ID`,
}

/** Shows the structure of the stored secret: its client id, and the length of the rest. */
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

/** Calls the token endpoint without credentials: any JSON answer proves that name, TLS, path and network work. */
export const probeDomain: Step = {
  command: `curl -sS -o /dev/null -D - -A token-proxy -H 'accept: application/json' \\
  -d grant_type=refresh_token https://HOST/oauth2/token`,
}

/** Links to the section on changing an app client safely. */
export const changeClientLink = '[changed safely](README.md#changing-an-app-client)'

const readOnly = '.ClientSecret, .ClientType, .CreationDate, .LastModifiedDate'
const readWhole = `aws cognito-idp describe-user-pool-client --user-pool-id POOL --client-id CLIENT \\
  --query UserPoolClient --output json`
// The whole answer would show the secret.
const onlyId = '--query UserPoolClient.ClientId --output text'
const writeWhole = `aws cognito-idp update-user-pool-client ${onlyId} --cli-input-json file://app-client.json`

/** Reads the whole configuration and writes it back, because an update resets whatever it leaves out. */
export const changeClient = `${readWhole} | jq 'del(${readOnly})' > app-client.json
# change app-client.json, then
${writeWhole}`

/** Does the same with one change in between. */
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

/** Creates a copy of an app client with a secret, and prints only its id. */
export const createClient: Step = {
  command: `${readWhole} | jq 'del(.ClientId, ${readOnly}) | .GenerateSecret = true' > app-client.json
aws cognito-idp create-user-pool-client ${onlyId} --cli-input-json file://app-client.json`,
}

/** Lists Cognito's quotas of the account with their codes. */
export const listQuotas: Step = {
  command: `aws service-quotas list-service-quotas --service-code cognito-idp \\
  --query 'Quotas[].[QuotaCode, QuotaName, Value]' --output table`,
}

const apiStage = "--api-id API --stage-name '$default'"
/** The routes that lead to Cognito. Each has a throttle of its own, which the throttle of the API's stage does not limit. */
const exchanges = routes
  .filter((route) => route.function === 'oauth2')
  .map(({ method, path }) => `."${method} ${path}"`)

/** Lets fewer exchanges and sign-outs through to Cognito, and keeps the settings of before in a file. */
export const lowerThrottle: Step = {
  command: `[ -e route-settings-before.json ] || aws apigatewayv2 get-stage ${apiStage} \\
  --query RouteSettings --output json > route-settings-before.json
jq '(${exchanges.join(', ')}) |= . +
  {ThrottlingRateLimit: NUMBER, ThrottlingBurstLimit: NUMBER}' \\
  route-settings-before.json > route-settings.json
aws apigatewayv2 update-stage ${apiStage} \\
  --route-settings file://route-settings.json`,
}

/** Takes that back. */
export const restoreThrottle: Step = {
  command: `aws apigatewayv2 update-stage ${apiStage} \\
  --route-settings file://route-settings-before.json && rm route-settings-before.json`,
}

const aclReadOnly = `.ARN, .Capacity, .LabelNamespace, .ManagedByFirewallManager,
    .RetrofittedByFirewallManager, .PreProcessFirewallManagerRuleGroups,
    .PostProcessFirewallManagerRuleGroups`

/** Reads the whole web ACL, because an update resets whatever it leaves out. */
export const readWebAcl: Step = {
  command: `aws wafv2 get-web-acl --scope REGIONAL --name THE_ACLS_NAME --id THE_ACLS_ID \\
  | jq '(.WebACL | del(${aclReadOnly})) + {Scope: "REGIONAL", LockToken}' > web-acl.json`,
}
export const writeWebAcl: Step = {
  command: 'aws wafv2 update-web-acl --cli-input-json file://web-acl.json',
}

/** Deploys the stage, so that a changed stage file takes effect. */
export const deployStage: Step = { command: 'npm run deploy -- --stage STAGE' }

const changeSet = '--stack-name token-proxy-STAGE --change-set-name restore'

/** Lists what differs from the template of the stack, and would be put back. Every parameter keeps its value. */
export const findDrift = {
  command: `aws cloudformation describe-stacks --stack-name token-proxy-STAGE --output json \\
  | jq '[.Stacks[0].Parameters[]? | {ParameterKey, UsePreviousValue: true}]' > parameters.json
aws cloudformation create-change-set ${changeSet} \\
  --use-previous-template --parameters file://parameters.json \\
  --deployment-mode REVERT_DRIFT --capabilities CAPABILITY_IAM
aws cloudformation wait change-set-create-complete ${changeSet}
aws cloudformation describe-change-set ${changeSet} --output table \\
  --query 'Changes[].ResourceChange.[LogicalResourceId, ResourceDriftStatus, Action, Replacement]'`,
} as const satisfies Step

/** Puts it back. */
export const revertDrift = {
  command: `aws cloudformation execute-change-set ${changeSet}
aws cloudformation wait stack-update-complete --stack-name token-proxy-STAGE`,
} as const satisfies Step

/** Puts back what somebody changed outside CloudFormation, which no deployment notices. */
export const restoreStack: readonly Step[] = [
  findDrift,
  'Read the list: it may also undo what somebody did on purpose. If it is right, execute it. [Operations](../operations.md#restore-what-somebody-changed-by-hand) says what it cannot restore.',
  revertDrift,
]

/** Asks IAM what the role of the function `rotate` may do; without their ARNs, nothing is allowed on the resources. */
export const simulateRotation: Step = {
  command: `aws iam simulate-principal-policy --policy-source-arn ROLE \\
  --action-names secretsmanager:DescribeSecret secretsmanager:GetSecretValue \\
    secretsmanager:PutSecretValue secretsmanager:UpdateSecretVersionStage \\
  --resource-arns ARN_OF_THE_SECRET --query 'EvaluationResults[].[EvalActionName, EvalDecision]'
aws iam simulate-principal-policy --policy-source-arn ROLE \\
  --action-names cognito-idp:DescribeUserPoolClient cognito-idp:ListUserPoolClientSecrets \\
    cognito-idp:AddUserPoolClientSecret cognito-idp:DeleteUserPoolClientSecret \\
  --resource-arns arn:aws:cognito-idp:REGION:ACCOUNT:userpool/POOL \\
  --query 'EvaluationResults[].[EvalActionName, EvalDecision]'`,
}

/** Checks one client, with the settings and the Region of the stage. */
export const askDoctor: Step = { command: 'npm run doctor -- --client NAME --stage STAGE' }

/** Restores a package that was deployed before, with the settings of that time. */
export const rollBack: Step = {
  command: 'npm run deploy -- --stage STAGE --rollback',
}

export const listClients: Step = {
  command: `aws cognito-idp list-user-pool-clients --user-pool-id POOL \\
  --query 'UserPoolClients[].[ClientName, ClientId]' --output table`,
}
