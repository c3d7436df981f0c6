import type { BoardState } from '../demo-settings.ts'
import { letVisitorsIn } from './control.ts'
import { button, element, findById, show } from './element.ts'

/** Shows whether visitors are signing in, with a button that starts or stops them. */
export const showVisitors = ({ hasVisitors }: BoardState): void =>
  show(
    findById('visitors'),
    element(
      'p',
      { class: 'visitors' },
      element(
        'span',
        {},
        hasVisitors
          ? 'Simulated visitors sign in and refresh all the time.'
          : 'There are no visitors.',
      ),
      button('let-visitors', hasVisitors ? 'Stop visitors' : 'Start visitors', () =>
        letVisitorsIn(!hasVisitors),
      ),
    ),
  )
