import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  toAddCommand,
  toAllowCommand,
  toChangeCommand,
  toDomainCommand,
  toKeyCommand,
  toListCommand,
  toPoolsCommand,
  toRestoreCommand,
  toRollBackCommand,
  toStoreCommand,
} from '../../../core/doctor/command.ts'
import { toPoolClient } from '../../fixtures/core/sample-findings.ts'

const client = toPoolClient()
const poolless = toPoolClient({ userPoolId: undefined })
const region = '--region eu-central-1'
const pool = '--user-pool-id eu-central-1_Pool1'
const describe = `aws cognito-idp describe-user-pool-client ${region} ${pool} --client-id client1`
const arn = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:shop-a1b2c3'

/** The call that sends on the described configuration as a program of jq has changed it. */
const toCall = (call: string, program: string) =>
  `aws cognito-idp ${call} ${region} --query UserPoolClient.ClientId --output text --cli-input-json "$(${describe} --query UserPoolClient --output json | jq '${program}')"`

test('changes the configuration at that time: lists get missing entries, other settings their value', () => {
  assert.equal(
    toChangeCommand(client, { EnableTokenRevocation: true, AllowedOAuthScopes: ['openid', 'a'] }),
    toCall(
      'update-user-pool-client',
      'del(.ClientSecret, .ClientType, .CreationDate, .LastModifiedDate) | .EnableTokenRevocation = true | .AllowedOAuthScopes |= (. // []) - ["openid","a"] + ["openid","a"]',
    ),
  )
})

test('makes another app client like the described one, without its id, where it must have a secret', () => {
  assert.equal(
    toChangeCommand(client, { GenerateSecret: true }),
    toCall(
      'create-user-pool-client',
      'del(.ClientId, .ClientSecret, .ClientType, .CreationDate, .LastModifiedDate) | .GenerateSecret = true',
    ),
  )
})

test('changes no app client of a user pool that is not named', () => {
  assert.equal(toChangeCommand(poolless, { EnableTokenRevocation: true }), undefined)
})

test('writes what it adds as plain ASCII, quoted for a shell, that jq reads as the same text', () => {
  const url = 'https://shop.example.com/\u00fc\u{1f511}\u202e\u001b"\\(1)\u0027$(mine)'
  const command = toChangeCommand(client, { CallbackURLs: [url] }) ?? ''
  assert.match(command, /^[\x20-\x7e]+$/)
  const [, quoted = ''] = / \| jq '(.*)'\)"$/.exec(command) ?? []
  const [, added = ''] = / \+ (\[.*\])$/.exec(quoted.replaceAll("'\\''", "'")) ?? []
  assert.deepEqual(JSON.parse(added), [url])
})

test('carries the secret from Cognito to Secrets Manager without showing it', () => {
  const read = `${describe} --query 'UserPoolClient.{client_id:ClientId,client_secret:ClientSecret}' --output json | jq 'select(.client_secret)'`
  assert.equal(
    toStoreCommand(client, false),
    `${read} | aws secretsmanager put-secret-value --secret-id token-proxy/shop --secret-string file:///dev/stdin`,
  )
  assert.equal(
    toStoreCommand(client, true),
    `${read} | aws secretsmanager create-secret --name token-proxy/shop --secret-string file:///dev/stdin`,
  )
})

test('adds a secret to an app client and stores it without showing it', () => {
  const named = describe.slice(describe.indexOf('--region'))
  const add = `aws cognito-idp add-user-pool-client-secret ${named} --query ClientSecretDescriptor.ClientSecretValue --output text`
  const shape = `jq -R '{client_id: "${client.clientId}", client_secret: .}'`
  const from = '--secret-string file:///dev/stdin'
  assert.equal(
    toAddCommand(client, false),
    `${add} | ${shape} | aws secretsmanager put-secret-value --secret-id token-proxy/shop ${from}`,
  )
  assert.match(toAddCommand(client, true) ?? '', / create-secret --name token-proxy\/shop /)
  assert.equal(toAddCommand(poolless, false), undefined)
  assert.equal(toAddCommand(toPoolClient({ secretId: arn }), true), undefined)
})

test('takes the secret from a file where the user pool is not named', () => {
  assert.equal(
    toStoreCommand(poolless, false),
    'aws secretsmanager put-secret-value --secret-id token-proxy/shop --secret-string file://client-secret.json',
  )
})

test('makes no secret under an ARN, which it cannot have', () => {
  assert.equal(toStoreCommand(toPoolClient({ secretId: arn }), true), undefined)
  assert.equal(toKeyCommand(arn, true), undefined)
  assert.match(
    toStoreCommand(toPoolClient({ secretId: arn }), false) ?? '',
    /put-secret-value --secret-id arn:/,
  )
})

test('stores a fresh cookie key without showing it', () => {
  const store = '--secret-string file:///dev/stdin'
  assert.equal(
    toKeyCommand('proxy/key', true),
    `openssl rand -base64 32 | aws secretsmanager create-secret --name proxy/key ${store}`,
  )
  assert.equal(
    toKeyCommand('proxy/key', false),
    `openssl rand -base64 32 | aws secretsmanager put-secret-value --secret-id proxy/key ${store}`,
  )
})

test('goes back to the version before, and shows neither', () => {
  const command = toRollBackCommand('proxy/key')
  assert.match(command, /^aws secretsmanager update-secret-version-stage --secret-id proxy\/key /)
  const reads = [...command.matchAll(/get-secret-value [^)]*\)/g)].join('\n')
  assert.match(reads, /AWSPREVIOUS --query VersionId .*\n.*AWSCURRENT --query VersionId /)
})

test('lets a role read the one secret, by name, by ARN or by an ARN without its end', () => {
  const resource = (secretId: string) =>
    /"Resource":\[?"([^\]}]*)"/.exec(toAllowCommand(secretId, 'read-it'))?.[1]
  assert.equal(
    resource('token-proxy/shop'),
    'arn:aws:secretsmanager:*:*:secret:token-proxy/shop-??????',
  )
  assert.equal(resource('shop-a1b2c3'), 'arn:aws:secretsmanager:*:*:secret:shop-a1b2c3-??????')
  // It may also be the beginning of the ARN of a secret whose name ends so.
  assert.equal(resource(arn), `${arn}","${arn}-??????`)
  assert.equal(resource(arn.slice(0, -7)), `${arn.slice(0, -7)}-??????`)
  assert.match(toAllowCommand(arn, 'read-it'), / --policy-name read-it /)
})

test('takes a secret back from its deletion', () => {
  assert.equal(
    toRestoreCommand('token-proxy/shop'),
    'aws secretsmanager restore-secret --secret-id token-proxy/shop',
  )
})

test('shows user pools, and the app clients and the domains of one, where it is named', () => {
  assert.equal(toListCommand(client), `aws cognito-idp list-user-pool-clients ${region} ${pool}`)
  assert.equal(
    toDomainCommand(client),
    `aws cognito-idp describe-user-pool ${region} ${pool} --query 'UserPool.[Domain,CustomDomain]'`,
  )
  assert.equal(toPoolsCommand(client), `aws cognito-idp list-user-pools ${region} --max-results 60`)
  for (const toCommand of [toPoolsCommand, toListCommand, toDomainCommand]) {
    assert.equal(toCommand(poolless), undefined)
  }
})
