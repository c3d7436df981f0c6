import type { Preview } from '../preview.ts'
import { makeAlarmCard } from './alarms.ts'
import { findById, show } from './element.ts'
import { toSeconds } from './readings.ts'
import { openWidget, type Widget } from './widgets.ts'

/** Draws the dashboard, with the paging alarms above it, now and with every later preview. */
export const openDashboard = (): ((preview: Preview) => void) => {
  let widgets: readonly Widget[] = []
  return (preview) => {
    findById('preview').hidden = false
    show(findById('minute'), `Here a minute of CloudWatch lasts ${toSeconds(preview.minuteMs)}.`)
    show(findById('pages'), ...preview.alarms.filter(isComposite).map(makeAlarmCard))
    if (widgets.length === 0) {
      widgets = preview.widgets.map(openWidget)
      show(findById('dashboard'), ...widgets.map(({ place }) => place))
    }
    for (const [index, view] of preview.widgets.entries()) widgets[index]?.draw(view, preview)
  }
}

const isComposite = ({ isComposite }: Preview['alarms'][number]): boolean => isComposite
