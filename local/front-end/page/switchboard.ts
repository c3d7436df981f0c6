import type { AnySwitchName } from '../../switchboard.ts'
import type { Switch, SwitchName } from '../../switches.ts'
import type { BoardState } from '../demo-settings.ts'
import { flipSwitch } from './control.ts'
import { element, findById } from './element.ts'

const partTitles: Readonly<Record<Switch['part'], string>> = {
  'user pool': 'The user pool is misconfigured',
  'sign-in': 'The sign-in fails',
  network: 'The user pool does not answer correctly',
  secret: 'The secret is not available',
}

/** Shows all switches as one group of radio buttons, so that arrow keys move through all of them. */
export const showSwitchboard = (state: BoardState): void => {
  const form = findById('switchboard')
  if (form.childElementCount === 0) form.append(...makeGroups(state))
  for (const input of form.querySelectorAll('input')) {
    input.checked = input.value === (state.broken ?? '')
  }
}

const makeGroups = ({ switches, rotationSwitches }: BoardState): readonly HTMLElement[] => {
  const all = Object.entries(switches) as [SwitchName, Switch][]
  const parts = Object.entries(partTitles).map(([part, title]) =>
    element(
      'fieldset',
      {},
      element('legend', {}, title),
      ...all
        .filter(([, { part: itsPart }]) => itsPart === part)
        .map(([name, each]) => makeSwitch(name, each.title, each.effect, sayAttempts(each))),
    ),
  )
  const well = makeSwitch(
    undefined,
    'Everything works',
    'Nothing is broken: sign-in and refresh succeed.',
  )
  well.classList.add('well')
  const ofRotations = Object.entries(rotationSwitches ?? {}).map(
    ([name, { title, effect, cause }]) =>
      makeSwitch(
        name as AnySwitchName,
        title,
        effect,
        cause === undefined ? 'A rotation ends well' : `Fails: a rotation, as ${cause}`,
      ),
  )
  if (ofRotations.length > 0) {
    parts.push(element('fieldset', {}, element('legend', {}, 'The rotation fails'), ...ofRotations))
  }
  return [well, element('div', { class: 'parts' }, ...parts)]
}

const sayAttempts = ({ failsAt }: Switch): string => `Fails: ${failsAt.join(' and ')}`

const makeSwitch = (
  name: AnySwitchName | undefined,
  title: string,
  effect: string,
  attempts?: string,
): HTMLElement =>
  element(
    'label',
    { class: 'switch' },
    element('input', {
      type: 'radio',
      name: 'switch',
      value: name ?? '',
      change: () => flipSwitch(name),
    }),
    element(
      'span',
      {},
      element('b', {}, title),
      element('small', {}, effect),
      ...(attempts === undefined ? [] : [element('small', { class: 'attempts' }, attempts)]),
    ),
  )
