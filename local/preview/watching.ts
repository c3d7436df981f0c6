import type { Route } from '../../core/http-api.ts'
import type { TemplateResource } from '../cloudwatch/template.ts'

/** What the template has for operators: the very objects that are deployed. */
export interface Watching {
  /** The alarms, with whatever else they refer to, by logical id. */
  readonly resources: Readonly<Record<string, TemplateResource>>
  /** The body of the dashboard, before CloudFormation has filled in its placeholders. */
  readonly dashboard: { readonly widgets: readonly DashboardWidget[] }
  /** The logical ids of the functions, by which Lambda's own metrics name them. */
  readonly functionIds: Readonly<Record<Route['function'] | 'doctor', string>>
  /** How often the doctor makes a round. */
  readonly doctorEverySeconds: number
}

/** A widget of a dashboard body, in its words. */
export interface DashboardWidget {
  readonly type: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly properties: WidgetProperties
}

/** What a widget may have, whatever its type. */
export interface WidgetProperties {
  readonly title?: string
  readonly markdown?: string
  readonly alarms?: readonly string[]
  readonly view?: string
  readonly stacked?: boolean
  readonly stat?: string
  readonly period?: number
  /** Namespace, name, then dimensions' names and values in turns, and last how it is drawn. */
  readonly metrics?: readonly (readonly (string | Rendering)[])[]
  readonly yAxis?: { readonly left?: { readonly label?: string } }
  readonly annotations?: {
    readonly horizontal?: readonly { readonly value: number; readonly label: string }[]
  }
}

/** How one line of a graph is drawn. */
export interface Rendering {
  readonly id?: string
  readonly label?: string
  readonly stat?: string
  readonly color?: string
  readonly visible?: boolean
  readonly expression?: string
}
