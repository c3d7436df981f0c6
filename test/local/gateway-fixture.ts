import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { routes, toCors } from '../../core/http-api.ts'
import { type Gateway, type GatewayOptions, openGateway } from '../../local/gateway/gateway.ts'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

export interface Call {
  readonly method?: string
  readonly path?: string
  readonly headers?: OutgoingHttpHeaders | readonly string[]
  readonly body?: string | Buffer
}

export const cors = toCors([{ origins: ['https://app.example'] }])

/** Answers with the event it was given. */
export const echo = 'export const handler = async (event) => event'

/** A folder whose one function is `source`. */
export function makeFunctions(t: TestContext, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'))
  t.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'oauth2.mjs'), source)
  return folder
}

/** A gateway in front of one function; `lines` fills with what the function writes. */
export async function openTestGateway(
  t: TestContext,
  source: string,
  options: Partial<GatewayOptions> = {},
): Promise<Gateway & { readonly lines: string[] }> {
  const lines: string[] = []
  const gateway = await openGateway({
    port: 0,
    functionsFolder: makeFunctions(t, source),
    env: {},
    routes,
    cors,
    onOutput: (line) => lines.push(line),
    ...options,
  })
  t.after(() => gateway.close())
  return { ...gateway, lines }
}

/** Sends one request as it is, on a connection of its own. */
export function send(url: string, call: Call = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { method = 'POST', path = '/oauth2/token', headers = {}, body } = call
    const { hostname, port } = new URL(url)
    const request = httpRequest(
      { hostname, port, method, path, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
        })
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}
