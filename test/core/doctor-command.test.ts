import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  toAllowCommand,
  toCreateCommand,
  toDomainCommand,
  toListCommand,
  toRestoreCommand,
  toStoreCommand,
  toUpdateCommand,
} from '../../core/doctor-command.ts'
import { toPoolClient } from './sample-findings.ts'

const client = toPoolClient()
const poolless = toPoolClient({ userPoolId: undefined })
const region = '--region eu-central-1'
const pool = '--user-pool-id eu-central-1_Pool1'

test('changes an app client with its whole configuration, quoted for a shell', () => {
  assert.equal(
    toUpdateCommand(client, { ClientName: "it's $(mine)", A: 1 }, { A: 2 }),
    `aws cognito-idp update-user-pool-client ${region} --cli-input-json '{"ClientName":"it'\\''s $(mine)","A":2}'`,
  )
})

const described = 'Gr\u00f6\u00dfe \u{1f511} \u202eevil\u2028\u001b[2J\u007f "quoted" \\'

test('writes a configuration as plain ASCII that reads as the same values', () => {
  for (const command of [
    toUpdateCommand(client, { ClientName: described }, {}),
    toCreateCommand(client, { ClientName: described }),
  ]) {
    assert.match(command, /^[\x20-\x7e]+$/)
    const { ClientName } = JSON.parse(/ '(.*)'$/.exec(command)?.[1] ?? '')
    assert.equal(ClientName, described)
  }
})

test('names no Region where the user pool is not named', () => {
  const written = "aws cognito-idp update-user-pool-client --cli-input-json '{}'"
  assert.equal(toUpdateCommand(poolless, {}, {}), written)
})

test('makes a new app client like the described one, without its id and with a secret', () => {
  assert.equal(
    toCreateCommand(client, { ClientId: 'client1', ClientName: 'shop' }),
    `aws cognito-idp create-user-pool-client ${region} --cli-input-json '{"ClientName":"shop","GenerateSecret":true}'`,
  )
})

test('carries the secret from Cognito to Secrets Manager without showing it', () => {
  const read = `aws cognito-idp describe-user-pool-client ${region} ${pool} --client-id client1 --query 'UserPoolClient.{client_id:ClientId,client_secret:ClientSecret}' --output json`
  assert.equal(
    toStoreCommand(client, false),
    `${read} | aws secretsmanager put-secret-value --secret-id token-proxy/shop --secret-string file:///dev/stdin`,
  )
  assert.equal(
    toStoreCommand(client, true),
    `${read} | aws secretsmanager create-secret --name token-proxy/shop --secret-string file:///dev/stdin`,
  )
})

test('takes the secret from a file where the user pool is not named', () => {
  assert.equal(
    toStoreCommand(poolless, false),
    'aws secretsmanager put-secret-value --secret-id token-proxy/shop --secret-string file://client-secret.json',
  )
})

test('lets a role read the one secret, by name or by ARN', () => {
  const arn = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:shop-a1b2c3'
  assert.match(
    toAllowCommand(client),
    /"arn:aws:secretsmanager:\*:\*:secret:token-proxy\/shop-\?{6}"/,
  )
  assert.ok(toAllowCommand(toPoolClient({ secretId: arn })).includes(`"Resource":"${arn}"`))
})

test('takes a secret back from its deletion', () => {
  assert.equal(
    toRestoreCommand(client),
    'aws secretsmanager restore-secret --secret-id token-proxy/shop',
  )
})

test('shows the app clients and the domains of the user pool, where it is named', () => {
  assert.equal(toListCommand(client), `aws cognito-idp list-user-pool-clients ${region} ${pool}`)
  assert.equal(
    toDomainCommand(client),
    `aws cognito-idp describe-user-pool ${region} ${pool} --query 'UserPool.[Domain,CustomDomain]'`,
  )
  assert.equal(toDomainCommand(poolless), undefined)
  assert.equal(toListCommand(poolless), undefined)
})
