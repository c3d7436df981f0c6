import { type CauseName, causes, toCause } from '../core/causes/catalogue.ts'
import type { Fault } from '../core/causes/cause.ts'
import { doctor, doctorCauseNames } from '../core/causes/doctor.ts'
import { rotation, rotationCauseNames } from '../core/causes/rotation.ts'
import { changeClient } from '../runbook/commands.ts'
import { toCode, toCodeBlock, toTable } from '../runbook/markdown.ts'
import { actors, toAlarmText, toStatusText } from './cause-page.ts'
import { renewParts } from './generated-parts.ts'
import { recordFieldSchemas } from './record-schema/fields.ts'

const causeNames = Object.keys(causes) as readonly CauseName[]

/** Renews the first page of the runbook: how to find the cause of a failure, and where its page is. */
export function renewRunbookIndex(page: string): string {
  return renewParts(page, {
    'record fields': toFieldTable(),
    'causes for the operator': toCauseTable('operator'),
    'causes for cognito': toCauseTable('cognito'),
    'causes for the caller': toCauseTable('caller'),
    'causes of the doctor': toDoctorTable(),
    'causes of a rotation': toRotationTable(),
    'command to change an app client': toCodeBlock('sh', changeClient),
  })
}

function toFieldTable(): string {
  const rows = Object.entries(recordFieldSchemas).map(([name, { description }]) => [
    toCode(name),
    String(description),
  ])
  return toTable(['field', 'meaning'], rows)
}

function toCauseTable(fault: Fault): string {
  const names = causeNames.filter((name) => toCause(name).fault === fault)
  return toTable(
    ['cause', 'status', 'error', 'alarm', 'fix'],
    names.map((name) => {
      const cause = toCause(name)
      return [
        toPageLink(name),
        toStatusText(cause),
        toCode(cause.error),
        toAlarmText(cause),
        cause.fix,
      ]
    }),
  )
}

function toDoctorTable(): string {
  return toTable(
    ['cause', 'fix'],
    doctorCauseNames.map((name) => [toPageLink(name), doctor[name].fix]),
  )
}

function toRotationTable(): string {
  return toTable(
    ['cause', 'who must act', 'fix'],
    rotationCauseNames.map((name) => {
      const { fault, fix } = rotation[name]
      return [toPageLink(name), actors[fault], fix]
    }),
  )
}

function toPageLink(name: string): string {
  return `[${toCode(name)}](${name}.md)`
}
