/** What CloudWatch would show of this run at one moment, ready to draw. */
export interface Preview {
  /** How long one CloudWatch minute takes here. */
  readonly minuteMs: number
  readonly alarms: readonly AlarmView[]
  readonly widgets: readonly WidgetView[]
}

/** One alarm, as the template has it. */
export interface AlarmView {
  readonly name: string
  readonly state: AlarmState
  /** Whether it is a composite alarm, which pages somebody. */
  readonly isComposite: boolean
  readonly description: string
  /** The cause whose failures it counts, if it counts a single one. */
  readonly cause?: string
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** One widget, placed on the dashboard's grid of 24 columns. */
export type WidgetView = Place & (TextView | AlarmsView | NumbersView | PlotView | OtherView)

/** In columns and rows of the grid, counted from 0. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface TextView {
  readonly kind: 'text'
  readonly markdown: string
}

export interface AlarmsView {
  readonly kind: 'alarms'
  readonly title: string
  /** The names of the alarms that it shows. */
  readonly alarms: readonly string[]
}

export interface NumbersView {
  readonly kind: 'numbers'
  readonly title: string
  /** The newest value of each; absent where there is none. */
  readonly numbers: readonly { readonly label: string; readonly value?: number }[]
}

export interface PlotView {
  readonly kind: 'plot'
  readonly title: string
  readonly isStacked: boolean
  /** What the vertical axis counts; empty where the dashboard does not say. */
  readonly unit: string
  /** Whether AWS itself reports the metrics, so that little of them is known here. */
  readonly isOfAws: boolean
  /** The end of each period, in minutes of CloudWatch from now: never above 0, the newest last. */
  readonly atMinutes: readonly number[]
  /** Only series with at least one value. */
  readonly series: readonly SeriesView[]
  readonly lines: readonly { readonly label: string; readonly value: number }[]
}

export interface SeriesView {
  readonly label: string
  /** As the dashboard sets it. */
  readonly color?: string
  /** One for each period; null where nothing was measured. */
  readonly values: readonly (number | null)[]
}

/** A widget that only CloudWatch can draw. */
export interface OtherView {
  readonly kind: 'other'
  readonly title: string
}
