import type { BoardState } from '../demo-settings.ts'
import { flipSwitch } from './control.ts'
import { button, element, findById, show } from './element.ts'

/** Shows in one line at the top what is broken, or that nothing is. */
export const showWeather = (state: BoardState): void => {
  const place = findById('weather')
  const known = { ...state.switches, ...state.rotationSwitches }
  const broken = state.broken === null ? undefined : known[state.broken]
  place.dataset['broken'] = String(broken !== undefined)
  show(
    place,
    ...(broken === undefined
      ? ['Everything works']
      : [
          element('span', {}, 'Broken: ', element('strong', {}, broken.title)),
          button('restore', 'Restore', () => flipSwitch(undefined)),
        ]),
  )
}

/** Says that the page receives no more events. */
export const showDisconnected = (): void => {
  const place = findById('weather')
  place.dataset['broken'] = 'true'
  show(
    place,
    element('span', {}, 'Not connected. Is ', element('code', {}, 'npm start'), ' running?'),
  )
}
