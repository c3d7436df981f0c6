import type { Client } from './client.ts'
import { isSameSite } from './same-site.ts'
import { clientsVariable, textSettings } from './table.ts'

interface CookieTexts {
  readonly publicUrl: string
  readonly cookieKeySecret: string
}

/**
 * Finds what would keep cookies from working or from being safe, for each client that keeps its refresh
 * token in one. A cookie of another site is what browsers send least of all, so it is not even tried.
 *
 * @param clients in the order of the settings; undefined for one that could not be read
 */
export function findCookieProblems(
  clients: readonly (Client | undefined)[],
  texts: CookieTexts,
): readonly string[] {
  const isUsed = clients.some((client) => client?.refreshToken === 'cookie')
  if (!isUsed) return []
  const missing = (['publicUrl', 'cookieKeySecret'] as const)
    .filter((name) => texts[name] === '')
    .map((name) => `${textSettings[name].variable} is missing: a client has refreshToken "cookie"`)
  const perClient = clients.flatMap((client, index) =>
    client?.refreshToken === 'cookie'
      ? findClientProblems(client, `${clientsVariable}[${index}]`, texts.publicUrl)
      : [],
  )
  return [...missing, ...perClient]
}

function findClientProblems(client: Client, place: string, publicUrl: string): readonly string[] {
  const grants = client.grants.includes('refresh_token')
    ? []
    : [`${place}.grants must include refresh_token with refreshToken "cookie"`]
  if (publicUrl === '') return grants
  const origins = client.origins.flatMap((origin, index) =>
    isSameSite(origin, publicUrl)
      ? []
      : [
          `${place}.origins[${index}] must be on the same site as ${textSettings.publicUrl.variable}`,
        ],
  )
  return [...grants, ...origins]
}
