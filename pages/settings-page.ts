import { metricNamespace } from '../core/metrics.ts'
import { clientFields } from '../core/settings/client-fields.ts'
import type { Field } from '../core/settings/field.ts'
import {
  clientsVariable,
  type NumberSetting,
  numberSettings,
  textSettings,
} from '../core/settings/table.ts'
import { toCode, toCodeBlock, toList, toPage, toTable } from '../runbook/markdown.ts'

/** The first client shows every field that there is; the compiler holds it to the table. */
const webClient = {
  name: 'web',
  clientId: '1example23456789abcdefghij',
  secretId: 'token-proxy/prod/web',
  domain: 'https://example-login.auth.eu-central-1.amazoncognito.com',
  userPoolId: 'eu-central-1_Example01',
  issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example01',
  origins: ['https://app.example.com', 'https://www.example.com'],
  allowNoOrigin: false,
  redirectUris: ['https://app.example.com/signed-in', 'https://www.example.com/signed-in'],
  grants: ['authorization_code', 'refresh_token'],
  refreshToken: 'body',
  refreshTokenRotation: 'on',
  retryGracePeriodSeconds: 30,
} as const satisfies Readonly<Record<keyof typeof clientFields, unknown>>

/** A native app, with nothing but what it needs. */
const phoneClient = {
  name: 'phone',
  clientId: '2example34567890bcdefghijk',
  secretId: 'token-proxy/prod/phone',
  domain: 'https://login.example.com',
  origins: [],
  allowNoOrigin: true,
  redirectUris: ['com.example.phone:/signed-in'],
} as const satisfies Partial<Record<keyof typeof clientFields, unknown>>

/** The variables of the AWS SDK that change where the functions send their calls. */
const sdkVariables = {
  AWS_ENDPOINT_URL_SECRETS_MANAGER:
    'Where Secrets Manager is asked; set by `npm start` and in tests, absent when deployed.',
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER:
    "Where Cognito's API is asked how a user pool is configured, in the same cases.",
  AWS_ENDPOINT_URL_DYNAMODB: 'Where the evidence table is, in the same cases.',
  AWS_ENDPOINT_URL: 'The same for every AWS service at once; those above go first.',
  AWS_REGION:
    'The Region of the secrets and of the evidence table; Lambda sets it to its own. A user pool is asked in the Region that its id begins with.',
} as const

/** Writes `docs/settings.md`: every setting with its default, its bounds and its meaning. */
export function toSettingsPage(): string {
  const page = toPage([
    '# Settings',
    'The functions read their settings from environment variables when they start. This page is generated from the table in the code (`npm run generate`); change it there.',
    `In a deployment they stand in \`stages/STAGE.json\`: the clients as the list \`clients\`, every other setting under its name in the tables below, but for \`evidenceTable\`, which is \`true\` or \`false\` there: the stack makes the table and names it. Packaging checks them as the function does, so that what would be refused is never deployed.`,
    toClients(),
    toNumbers(),
    toTexts(),
    toSdkVariables(),
    toBadConfiguration(),
  ])
  return `${page}\n`
}

function toClients(): string {
  const rows = Object.entries<Field<unknown>>(clientFields).map(([name, field]) => [
    toCode(name),
    toDefault(field),
    field.meaning,
  ])
  return toPage([
    '## Clients',
    `${toCode(clientsVariable)}, required: a JSON array with one object for each app client.`,
    toTable(['field', 'default', 'meaning'], rows),
    'An example; its first client has every field, its second is a native app with those that it needs:',
    toCodeBlock('json', JSON.stringify([webClient, phoneClient], null, 2)),
    'Origins and redirect URIs are compared byte for byte. Each redirect URI must also be among the callback URLs of the app client, and the app client must have a secret.',
  ])
}

function toDefault({ required, derivedFrom, byDefault }: Field<unknown>): string {
  if (required) return 'required'
  if (derivedFrom !== undefined) return `derived from ${toCode(derivedFrom)}`
  return byDefault === undefined ? 'none' : toCode(JSON.stringify(byDefault))
}

function toNumbers(): string {
  const rows = Object.entries<NumberSetting>(numberSettings).map(([name, setting]) => [
    toCode(name),
    toCode(setting.variable),
    `${setting.byDefault}`,
    `${setting.least} to ${setting.most}`,
    setting.unit,
    setting.meaning,
  ])
  return toPage([
    '## Numbers',
    'Whole numbers; both ends of a range are allowed.',
    toTable(['name', 'variable', 'default', 'range', 'unit', 'meaning'], rows),
  ])
}

function toTexts(): string {
  const rows = Object.entries(textSettings).map(([name, setting]) => [
    toCode(name),
    toCode(setting.variable),
    setting.byDefault === '' ? 'empty' : toCode(setting.byDefault),
    setting.form,
    setting.meaning,
  ])
  return toPage([
    '## Texts',
    toTable(['name', 'variable', 'default', 'form', 'meaning'], rows),
    `Metrics are in the namespace \`${metricNamespace}\`, which is fixed.`,
  ])
}

function toSdkVariables(): string {
  return toPage([
    '## AWS endpoints',
    "The AWS SDK's own variables are followed; none of them is needed in a deployment.",
    toTable(
      ['variable', 'meaning'],
      Object.entries(sdkVariables).map(([name, meaning]) => [toCode(name), meaning]),
    ),
  ])
}

function toBadConfiguration(): string {
  return toPage([
    '## What happens with bad settings',
    'Settings are whole or refused; nothing is guessed, and nothing is opened with half of them.',
    toList([
      'Every problem is reported at once, in one log line "settings refused", by the place where it stands and never by its value.',
      'Every request is answered 503, with the cause [`config_invalid`](runbook/config_invalid.md). No secret is read and Cognito is not asked.',
      'Fields of a client that are not known, and variables that begin with `TOKEN_PROXY_` and are not known, are problems too: a slip in a name would else silently leave a default.',
      '`NODE_TLS_REJECT_UNAUTHORIZED=0` is a problem: certificates are always checked.',
      `\`${numberSettings.secretHardAgeSeconds.variable}\` must not be less than \`${numberSettings.secretSoftAgeSeconds.variable}\`.`,
      `A client with \`refreshToken\` \`"cookie"\` needs \`${textSettings.publicUrl.variable}\`, \`${textSettings.cookieKeySecret.variable}\`, and origins of the same site as that address; \`allowNoOrigin\` may not be \`true\`.`,
    ]),
  ])
}
