import { type LocalDoctor, openLocalDoctor } from '../doctor.ts'
import type { RecordBoard } from '../record-board.ts'
import { type CloudWatchPreview, openPreview, previewMinuteMs } from './preview.ts'
import type { Watching } from './watching.ts'

/** The preview of a run that is going on. */
export interface LivePreview extends Pick<CloudWatchPreview, 'look'> {
  close(): Promise<void>
}

/**
 * Opens the preview and feeds it: with what the functions write, with the runs that Lambda would count, and
 * with its own doctor, which makes rounds as scheduled. The doctor's records appear only here, because
 * they would hide the other records elsewhere.
 */
export function openLivePreview(
  watching: Watching,
  functionsFolder: string,
  env: Readonly<Record<string, string>>,
  records: RecordBoard,
): LivePreview {
  const preview = openPreview(watching)
  const ends = [
    records.onLine(preview.take),
    records.onRecord((record) => preview.countRun('oauth2', toTookMs(record))),
  ]
  const doctor = openLocalDoctor(functionsFolder, env, preview.take)
  const go = () => goRound(doctor, preview)
  const timer = setInterval(go, (watching.doctorEverySeconds / 60) * previewMinuteMs)
  go()
  return {
    look: preview.look,
    close: async () => {
      clearInterval(timer)
      for (const end of ends) end()
      await doctor.close()
    },
  }
}

async function goRound(doctor: LocalDoctor, preview: CloudWatchPreview): Promise<void> {
  const beganMs = Date.now()
  const round = await doctor.invoke({})
  if (round !== undefined) preview.countRun('doctor', Date.now() - beganMs)
}

function toTookMs(record: unknown): number {
  const isRecord = typeof record === 'object' && record !== null && 'total_ms' in record
  return isRecord ? Number(record.total_ms) : 0
}
