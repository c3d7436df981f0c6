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
  toReplicateCommand,
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
const arn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:shop-a1b2c3'
/** The Region in which secrets are read by their names: neither that of the pool nor that of the ARN. */
const here = 'eu-west-1'

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
    toStoreCommand(client, false, here),
    `${read} | aws secretsmanager put-secret-value --region eu-west-1 --secret-id token-proxy/shop --secret-string file:///dev/stdin`,
  )
  assert.equal(
    toStoreCommand(client, true, here),
    `${read} | aws secretsmanager create-secret --region eu-west-1 --name token-proxy/shop --secret-string file:///dev/stdin`,
  )
})

test('adds a secret to an app client and stores it without showing it', () => {
  const named = describe.slice(describe.indexOf('--region'))
  const add = `aws cognito-idp add-user-pool-client-secret ${named} --query ClientSecretDescriptor.ClientSecretValue --output text`
  const shape = `jq -R '{client_id: "${client.clientId}", client_secret: .}'`
  const from = '--secret-string file:///dev/stdin'
  assert.equal(
    toAddCommand(client, false, here),
    `${add} | ${shape} | aws secretsmanager put-secret-value --region eu-west-1 --secret-id token-proxy/shop ${from}`,
  )
  assert.match(
    toAddCommand(client, true, here) ?? '',
    / create-secret --region eu-west-1 --name token-proxy\/shop /,
  )
  assert.equal(toAddCommand(poolless, false, here), undefined)
  assert.equal(toAddCommand(toPoolClient({ secretId: arn }), true, here), undefined)
})

test('takes the secret from a file where the user pool is not named', () => {
  assert.equal(
    toStoreCommand(poolless, false, here),
    'aws secretsmanager put-secret-value --region eu-west-1 --secret-id token-proxy/shop --secret-string file://client-secret.json',
  )
})

test('makes no secret under an ARN, which it cannot have', () => {
  assert.equal(toStoreCommand(toPoolClient({ secretId: arn }), true, here), undefined)
  assert.equal(toKeyCommand(arn, true, here), undefined)
  assert.match(
    toStoreCommand(toPoolClient({ secretId: arn }), false, here) ?? '',
    /put-secret-value --region us-east-1 --secret-id arn:/,
  )
})

/** Every command about the secret of this id, or about the one that has to be made. */
const toSecretCommands = (secretId: string, from: string | undefined) => {
  const ofSecret = toPoolClient({ secretId })
  return [
    ...[toStoreCommand, toAddCommand].flatMap((toCommand) =>
      [true, false].map((isNew) => toCommand(ofSecret, isNew, from)),
    ),
    ...[true, false].map((isNew) => toKeyCommand(secretId, isNew, from)),
    toRollBackCommand(secretId, from),
    toRestoreCommand(secretId, from),
    toReplicateCommand(secretId, from, 'ap-south-1'),
  ].filter((command) => command !== undefined)
}

/** The Region of each call of Secrets Manager in it. */
const toRegions = (command: string) =>
  [...command.matchAll(/aws secretsmanager \S+ (?:--region (\S+) )?/g)].map(([, named]) => named)

const places: readonly [says: string, secretId: string, string | undefined, string | undefined][] =
  [
    ['of a secret by its name goes to the Region in which it is read', 'proxy/a', here, here],
    ['of a secret by its ARN goes to the Region that this names', arn, here, 'us-east-1'],
    ['of a secret by its ARN needs no other Region', arn, undefined, 'us-east-1'],
    [
      'of a secret by its name leaves out a Region that is not known',
      'proxy/a',
      undefined,
      undefined,
    ],
  ]
for (const [says, secretId, from, expected] of places) {
  test(`each call ${says}`, () => {
    const commands = toSecretCommands(secretId, from)
    assert.equal(commands.length, secretId === arn ? 6 : 9)
    for (const command of commands) {
      assert.deepEqual([...new Set(toRegions(command))], [expected], command)
      assert.doesNotMatch(command, /undefined| {2}/)
    }
  })
}

test('stores a fresh cookie key without showing it', () => {
  const store = '--secret-string file:///dev/stdin'
  assert.equal(
    toKeyCommand('proxy/key', true, here),
    `openssl rand -base64 32 | aws secretsmanager create-secret --region eu-west-1 --name proxy/key ${store}`,
  )
  assert.equal(
    toKeyCommand('proxy/key', false, here),
    `openssl rand -base64 32 | aws secretsmanager put-secret-value --region eu-west-1 --secret-id proxy/key ${store}`,
  )
})

test('goes back to the version before, and shows neither', () => {
  const command = toRollBackCommand('proxy/key', here)
  assert.match(
    command,
    /^aws secretsmanager update-secret-version-stage --region eu-west-1 --secret-id proxy\/key /,
  )
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
    toRestoreCommand('token-proxy/shop', here),
    'aws secretsmanager restore-secret --region eu-west-1 --secret-id token-proxy/shop',
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
