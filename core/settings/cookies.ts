import type { Client } from './client.ts'
import type { Problems } from './problems.ts'
import { isSameSite } from './same-site.ts'
import { clientsVariable, textSettings } from './table.ts'

interface CookieTexts {
  readonly publicUrl: string
  readonly cookieKeySecret: string
}

/**
 * Notes what would keep cookies from working or from being safe, for each client that keeps its refresh
 * token in one. A cookie of another site is what browsers send least of all, so it is not even tried.
 *
 * @param clients in the order of the settings; undefined for one that could not be read
 */
export function noteCookieProblems(
  clients: readonly (Client | undefined)[],
  texts: CookieTexts,
  problems: Problems,
): void {
  const isUsed = clients.some((client) => client?.refreshToken === 'cookie')
  if (!isUsed) return
  for (const name of ['publicUrl', 'cookieKeySecret'] as const) {
    const { variable } = textSettings[name]
    if (texts[name] === '' && problems.isSound(variable)) {
      problems.note(variable, 'is missing: a client has refreshToken "cookie"')
    }
  }
  for (const [index, client] of clients.entries()) {
    if (client?.refreshToken !== 'cookie') continue
    noteClientProblems(client, `${clientsVariable}[${index}]`, texts.publicUrl, problems)
  }
}

function noteClientProblems(
  { grants, origins }: Client,
  place: string,
  publicUrl: string,
  problems: Problems,
): void {
  if (problems.isSound(`${place}.grants`) && !grants.includes('refresh_token')) {
    problems.note(`${place}.grants`, 'must include refresh_token with refreshToken "cookie"')
  }
  const { variable } = textSettings.publicUrl
  if (publicUrl === '' || !problems.isSound(variable, `${place}.origins`)) return
  for (const [index, origin] of origins.entries()) {
    if (isSameSite(origin, publicUrl)) continue
    problems.note(`${place}.origins[${index}]`, `must be on the same site as ${variable}`)
  }
}
