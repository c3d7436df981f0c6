type Attribute = string | number | boolean | undefined | ((event: Event) => void)

/**
 * Makes an element; text always becomes a text node, so nothing that a server sent is read as HTML.
 *
 * @param attributes a function listens to the event of its name, `true` sets an empty attribute
 */
export const element = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value)
    else if (value === true) made.setAttribute(name, '')
    else if (value !== undefined && value !== false) made.setAttribute(name, String(value))
  }
  made.append(...children)
  return made
}

/** Finds an element that the HTML page always contains. */
export const findById = (id: string): HTMLElement => {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no element "${id}"`)
  return found
}

/**
 * Replaces what an element shows; the keyboard focus goes to an alert that is new, or stays on the
 * element with the same id, or goes to the button that took its place.
 */
export const show = (place: HTMLElement, ...children: readonly (Node | string)[]): void => {
  const focused = place.contains(document.activeElement) ? document.activeElement?.id : undefined
  const hadAlert = place.querySelector('[role=alert]') !== null
  place.replaceChildren(...children)
  if (!focused) return
  const heir = (selector: string) => place.querySelector<HTMLElement>(selector)
  const alert = hadAlert ? null : heir('[role=alert]')
  const next = alert ?? document.getElementById(focused) ?? heir('[role=alert]') ?? heir('button')
  next?.focus()
}

/** Makes a button that keeps the keyboard focus while it is inactive, which `disabled` would not. */
export const button = (
  id: string,
  label: string,
  click: (() => void) | undefined,
  look: 'main' | 'plain' = 'plain',
): HTMLButtonElement =>
  element(
    'button',
    { type: 'button', id, class: look, click, 'aria-disabled': click === undefined && 'true' },
    label,
  )

/** Makes a list of terms and their values, without the values that are missing. */
export const facts = (
  entries: Readonly<Record<string, Node | string | undefined>>,
): HTMLDListElement =>
  element(
    'dl',
    { class: 'facts' },
    ...Object.entries(entries).flatMap(([term, value]) =>
      value === undefined ? [] : [element('dt', {}, term), element('dd', {}, value)],
    ),
  )
