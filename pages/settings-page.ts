import { clientFields } from '../core/settings/client-fields.ts'
import type { Field } from '../core/settings/field.ts'
import { type NumberSetting, numberSettings, textSettings } from '../core/settings/table.ts'
import { toCode, toCodeBlock, toTable } from '../runbook/markdown.ts'
import { renewParts } from './generated-parts.ts'

/** The first client shows every field; the compiler checks it against the table. */
const webClient = {
  name: 'web',
  clientId: '1example23456789abcdefghij',
  secretId: 'token-proxy/prod/web',
  domain: 'https://example-login.auth.eu-central-1.amazoncognito.com',
  userPoolId: 'eu-central-1_Example01',
  userPoolRegion: 'eu-central-1',
  issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Example01',
  origins: ['https://app.example.com', 'https://www.example.com'],
  allowNoOrigin: false,
  redirectUris: ['https://app.example.com/signed-in', 'https://www.example.com/signed-in'],
  logoutUris: ['https://app.example.com/', 'https://www.example.com/'],
  droppedScopes: ['offline_access'],
  dropResource: true,
  grants: ['authorization_code', 'refresh_token'],
  refreshToken: 'body',
  repeatRefreshToken: true,
  refreshTokenRotation: 'on',
  retryGracePeriodSeconds: 30,
} as const satisfies Readonly<Record<keyof typeof clientFields, unknown>>

/** A native app with only what it needs. */
const phoneClient = {
  name: 'phone',
  clientId: '2example34567890bcdefghijk',
  secretId: 'token-proxy/prod/phone',
  domain: 'https://login.example.com',
  origins: [],
  allowNoOrigin: true,
  redirectUris: ['com.example.phone:/signed-in'],
} as const satisfies Partial<Record<keyof typeof clientFields, unknown>>

/** Renews `docs/settings.md`: every setting with its default, its bounds and its meaning. */
export function renewSettingsPage(page: string): string {
  return renewParts(page, {
    'client fields': toClientTable(),
    'example clients': toCodeBlock('json', JSON.stringify([webClient, phoneClient], null, 2)),
    numbers: toNumberTable(),
    texts: toTextTable(),
  })
}

function toClientTable(): string {
  const rows = Object.entries<Field<unknown>>(clientFields).map(([name, field]) => [
    toCode(name),
    toDefault(field),
    field.meaning,
  ])
  return toTable(['field', 'default', 'meaning'], rows)
}

function toDefault({ required, derivedFrom, byDefault }: Field<unknown>): string {
  if (required) return 'required'
  if (derivedFrom !== undefined) return `derived from ${toCode(derivedFrom)}`
  return byDefault === undefined ? 'none' : toCode(JSON.stringify(byDefault))
}

function toNumberTable(): string {
  const rows = Object.entries<NumberSetting>(numberSettings).map(([name, setting]) => [
    toCode(name),
    toCode(setting.variable),
    `${setting.byDefault}`,
    `${setting.least} to ${setting.most}`,
    setting.unit,
    setting.meaning,
  ])
  return toTable(['name', 'variable', 'default', 'range', 'unit', 'meaning'], rows)
}

function toTextTable(): string {
  const rows = Object.entries(textSettings).map(([name, setting]) => [
    toCode(name),
    toCode(setting.variable),
    setting.byDefault === '' ? 'empty' : toCode(setting.byDefault),
    setting.form,
    setting.meaning,
  ])
  return toTable(['name', 'variable', 'default', 'form', 'meaning'], rows)
}
