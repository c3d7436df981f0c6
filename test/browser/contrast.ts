import type { Page } from 'playwright-core'

/** One text that a page shows, with how well it stands out from what is behind it: 1 to 21. */
export interface Contrast {
  readonly text: string
  readonly ratio: number
}

/** Runs in the page; a text and not a function, because the DOM's types are no part of the tests. */
const measure = `(() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number)
  const luminance = (color) => {
    const [red, green, blue] = parse(color).map((channel) => {
      const share = channel / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const groundOf = (element) => {
    const ground = getComputedStyle(element).backgroundColor
    if (parse(ground)[3] !== 0) return ground
    return element.parentElement === null ? 'rgb(255, 255, 255)' : groundOf(element.parentElement)
  }
  const hasText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')
  return [...document.body.querySelectorAll('*')]
    .filter((element) => hasText(element) && element.checkVisibility())
    .map((element) => {
      const lights = [getComputedStyle(element).color, groundOf(element)].map(luminance)
      const [darker, lighter] = lights.sort((one, other) => one - other)
      return { text: element.textContent.trim(), ratio: (lighter + 0.05) / (darker + 0.05) }
    })
})()`

/**
 * Measures every visible text of a page.
 *
 * @see WCAG 2.2 success criterion 1.4.3
 */
export const measureContrast = async (page: Page): Promise<readonly Contrast[]> =>
  (await page.evaluate(measure)) as readonly Contrast[]
