import { element, findById, show } from './element.ts'
import { type RequestRecord, sayFindings, timeOfDay } from './request-record.ts'

/** Shows the newest records, newest first, beside what the visitor sees. */
export interface RecordList {
  clear(): void
  add(record: RequestRecord): void
  /** Marks the record of the request that the visitor was told about. */
  markRequest(requestId: string | undefined): void
}

const SHOWN_RECORDS = 5

/** Opens the list of the demo page. */
export const openRecordList = (): RecordList => {
  let records: readonly RequestRecord[] = []
  let marked: string | undefined
  const draw = () =>
    show(
      findById('records'),
      ...(records.length === 0
        ? [element('li', { class: 'empty' }, 'No request yet.')]
        : records.map((record) => makeRecord(record, marked))),
    )
  return {
    clear: () => {
      records = []
      draw()
    },
    add: (record) => {
      records = [record, ...records].slice(0, SHOWN_RECORDS)
      draw()
    },
    markRequest: (requestId) => {
      marked = requestId
      draw()
    },
  }
}

const makeRecord = (record: RequestRecord, marked: string | undefined): HTMLElement => {
  const { cause, fault, certainty, fix, requestId, status } = record
  const isMarked = requestId !== undefined && requestId === marked
  return element(
    'li',
    { class: 'record', 'data-outcome': record.outcome, 'data-marked': isMarked },
    element(
      'p',
      { class: 'record-head' },
      element('time', { datetime: record.at.toISOString() }, timeOfDay(record.at)),
      element('b', {}, cause ?? record.outcome ?? 'record'),
      status === undefined ? '' : element('span', { class: 'status' }, String(status)),
    ),
    ...(fix === undefined ? [] : [element('p', { class: 'fix' }, fix)]),
    ...sayFindings(record).map((finding) => element('p', { class: 'finding' }, finding)),
    element(
      'p',
      { class: 'tags' },
      ...[record.grantType, fault && `fault: ${fault}`, certainty]
        .filter((tag) => tag !== undefined)
        .map((tag) => element('span', { class: 'tag' }, tag)),
      ...(requestId === undefined ? [] : [element('code', {}, requestId)]),
    ),
    ...(isMarked ? [element('p', { class: 'marked' }, 'The request that failed above')] : []),
  )
}
