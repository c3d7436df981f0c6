import type { BrowserContext, Page, Request } from 'playwright-core'

/** Every byte that a browser context sends and gets, as text, with where it was seen. */
export interface Traffic {
  /** Resolves once everything that has ended is read; event streams are read as they come. */
  readonly seen: () => Promise<readonly Sighting[]>
}

export interface Sighting {
  readonly place: string
  readonly text: string
}

/** Records what the pages of a context send and get from now on. */
export const recordTraffic = (context: BrowserContext): Traffic => {
  const sightings: Sighting[] = []
  const pending: Promise<unknown>[] = []
  const note = (place: string, text: string) => sightings.push({ place, text })
  context.on('request', (request) => {
    note(`address of ${pathOf(request)}`, request.url())
    note(`request body of ${pathOf(request)}`, request.postData() ?? '')
  })
  // Asked for earlier, headers and bodies of a page that is left meanwhile would never come.
  context.on('requestfinished', (request) => {
    // Nobody may be waiting any more when a context closes, and then nothing was seen either.
    const unread = () => note(`unread ${pathOf(request)}`, '')
    pending.push(readExchange(request, note).catch(unread))
  })
  context.on('page', (page) => {
    page.on('console', (message) => note('console', message.text()))
    pending.push(watchEvents(page, note))
  })
  const seen = async () => {
    await Promise.all(pending)
    return sightings
  }
  return { seen }
}

type Note = (place: string, text: string) => void

const readExchange = async (request: Request, note: Note): Promise<void> => {
  const path = pathOf(request)
  note(`request headers of ${path}`, toText(await request.headersArray()))
  const response = await request.response()
  if (response === null) return
  note(`headers of ${path}`, toText(await response.headersArray()))
  const hasNoBody =
    response.status() === 204 || (response.status() >= 300 && response.status() < 400)
  if (hasNoBody) return
  // The browser forgets the bodies of a page that was left; those of answers to fetch it keeps.
  const body = await response.body().catch(() => undefined)
  note(`body of ${path}`, body?.toString('latin1') ?? '')
}

const watchEvents = async (page: Page, note: Note): Promise<void> => {
  const session = await page.context().newCDPSession(page)
  session.on('Network.eventSourceMessageReceived', ({ data }) => note('events', data))
  await session.send('Network.enable')
}

const pathOf = (request: Request): string => new URL(request.url()).pathname

const toText = (headers: readonly { readonly name: string; readonly value: string }[]): string =>
  headers.map(({ name, value }) => `${name}: ${value}`).join('\n')

/** What a page shows and keeps: its text and markup, both storages and the cookies of its context. */
export const readPage = async (page: Page): Promise<readonly Sighting[]> => {
  const stored: unknown = await page.evaluate(
    'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])',
  )
  return [
    { place: 'page', text: await page.content() },
    { place: 'storage', text: String(stored) },
    { place: 'cookies', text: JSON.stringify(await page.context().cookies()) },
  ]
}
