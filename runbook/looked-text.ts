import { toPrintable } from '../core/doctor/printable.ts'
import type { Looked } from '../core/explain/look.ts'

/** Writes what was looked at in AWS, for a terminal; empty where nothing was. */
export function toLookedText(looked: Looked | undefined): string {
  if (looked === undefined) return ''
  const { record, appClient, trail, ruledOut } = looked
  const lines = [
    ...toRecordLines(record),
    ...(appClient?.ok === true ? toClientLines(appClient) : []),
    trail?.ok === true ? toTrailLine(trail) : '',
    ...ruledOut.map(({ reason, because }) => `  ruled out, as it is now: ${reason} (${because})`),
  ].filter((line) => line !== '')
  const unseen = [record, appClient, trail].flatMap((one) =>
    one?.ok === false && one.isAbsent !== true ? [`  could not look: ${one.why}`] : [],
  )
  const head = lines.length === 0 ? 'Nothing was looked at in AWS:' : 'Looked in AWS, read only:'
  return [head, ...[...lines, ...unseen].map(toPrintable)].join('\n')
}

/** Where it was looked for and is not, nothing prevented the look. */
function toRecordLines(record: Looked['record']): readonly string[] {
  if (record?.ok === true) return [`  the record: in ${record.logGroup}, of ${record.at}`]
  return record?.isAbsent === true ? [`  the record: ${record.why}`] : []
}

type Client = Extract<Looked['appClient'], { readonly ok: true }>

/** What is well is not listed: it is among what is ruled out, or in the output of the doctor. */
function toClientLines({ clientId, userPoolId, checks }: Client): readonly string[] {
  const failed = checks.filter(({ status }) => status === 'failed')
  const head = `  the app client ${clientId} of ${userPoolId}: ${failed.length === 0 ? 'no check has failed' : 'wrong is'}`
  const all = `  every check: npm run doctor -- --user-pool-id ${userPoolId} --client-id ${clientId}`
  return [
    head,
    ...failed.map(({ name, found }) => `    ${name.replaceAll('_', ' ')}: ${found}`),
    all,
  ]
}

type Trail = Extract<Looked['trail'], { readonly ok: true }>

function toTrailLine({ refused, mismatches }: Trail): string {
  return `  the event history of 24 hours: ${refused} refused exchanges, ${mismatches} of them with a redirect URI that no sign-in had`
}
