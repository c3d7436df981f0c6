import type { RotationStep } from '../../aws/rotation-runner.ts'
import type { RotationView } from '../../rotation/view.ts'
import { makeRunbookLink } from './alarms.ts'
import { askRotation } from './control.ts'
import { button, element, findById, show } from './element.ts'

const steps: Readonly<Record<RotationStep, string>> = {
  createSecret: 'A new value is stored as AWSPENDING',
  setSecret: 'Cognito has it as a second secret',
  testSecret: 'The token endpoint accepts it',
  finishSecret: 'It is AWSCURRENT',
}

type Mark = 'ok' | 'running' | 'failed' | 'open'

const marks: Readonly<Record<Mark, readonly [mark: string, word: string]>> = {
  ok: ['✓', 'done'],
  running: ['…', 'under way'],
  failed: ['✗', 'failed'],
  open: ['–', 'not yet'],
}

/** Shows the progress of the rotation, what visitors notice of it, and the buttons for the next steps. */
export const showRotation = (view: RotationView): void => {
  const isBusy = view.state === 'running' || view.state === 'waiting'
  const actions = element(
    'div',
    {},
    element(
      'p',
      { class: 'buttons' },
      button(
        'rotate',
        'Rotate the client secret',
        isBusy ? undefined : () => askRotation('rotate'),
        'main',
      ),
      button(
        'end-overlap',
        'End the overlap now',
        view.isOverlapping ? () => askRotation('end-overlap') : undefined,
      ),
    ),
    element('p', { class: 'rotation-sum', role: 'status' }, saySum(view)),
    ...sayFailure(view),
    element('p', { class: 'hint' }, sayOverlap(view)),
  )
  show(findById('rotation'), actions, ...(view.state === 'idle' ? [] : [makeSteps(view)]))
}

const saySum = ({ client, state, activeSecrets, served, failed }: RotationView): string => {
  const active = `${client}: ${activeSecrets} active ${activeSecrets === 1 ? 'secret' : 'secrets'}`
  return state === 'idle'
    ? active
    : `${active}. Requests since the rotation began: ${served} served, ${failed} failed.`
}

const makeSteps = (view: RotationView): HTMLElement => {
  const names = Object.keys(steps) as RotationStep[]
  const old = view.state !== 'done' ? 'open' : view.isOverlapping ? 'running' : 'ok'
  return element(
    'ol',
    { class: 'checks' },
    ...names.map((name, index) => makeStep(steps[name], name, toMark(view, names, index))),
    makeStep('The old secret is deleted', 'overlap', old),
  )
}

const toMark = (
  { state, step }: RotationView,
  names: readonly RotationStep[],
  index: number,
): Mark => {
  const at = step === undefined ? -1 : names.indexOf(step)
  if (state === 'done' || index < at) return 'ok'
  if (index > at) return 'open'
  return state === 'running' ? 'running' : 'failed'
}

const makeStep = (text: string, name: string, mark: Mark): HTMLElement => {
  const [sign, word] = marks[mark]
  return element(
    'li',
    { 'data-step': name, 'data-status': mark },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, sign),
    element(
      'div',
      {},
      element('b', {}, text),
      element('span', { class: 'unseen' }, `, ${word}`),
      ' ',
      element('small', {}, name === 'overlap' ? 'end of the overlap' : name),
    ),
  )
}

const sayFailure = ({ failure, refusal, state, attempt }: RotationView): readonly HTMLElement[] => {
  if (refusal !== undefined) {
    return [element('p', { class: 'rotation-failure' }, 'Secrets Manager: ', refusal)]
  }
  if (failure === undefined) return []
  const { cause, evidence, fix } = failure
  const seen = evidence.length > 0 ? ` (${evidence.join(', ')})` : ''
  const next = state === 'waiting' ? ` Attempt ${attempt} failed; it will be repeated.` : ''
  return [
    element(
      'p',
      { class: 'rotation-failure', 'data-cause': cause },
      element('b', {}, cause),
      `${seen}: ${fix ?? ''}${next} `,
      makeRunbookLink(cause, `/docs/runbook/${cause}.md`),
    ),
  ]
}

const sayOverlap = ({ isOverlapping }: RotationView): string =>
  isOverlapping
    ? 'Both secrets work until no sandbox can hold the old one: on AWS that takes secretHardAgeSeconds plus 15 minutes. The button lets that time pass at once.'
    : 'The old secret is deleted only after an overlap in which both work.'
