import { join } from 'node:path'
import { build } from 'esbuild'
import { listenOnLocalhost } from '../../local/front-end/localhost.ts'

/** A front end on `localhost` that is nothing but one of the guide's scripts; its exports are there as `app`. */
export interface TabsFrontEnd {
  readonly origin: string
  /** Chooses what the pages have from now on. */
  readonly show: (script: TabsScript, settings: TabsSettings) => Promise<void>
  readonly close: () => Promise<void>
}

/** The front ends of `examples/tabs/`. */
export type TabsScript = 'before' | 'oidc-client-ts'

/** What is known only when everything runs, in place of what the guide shows. */
export interface TabsSettings {
  readonly proxy: string
  readonly clientId: string
}

const examples = join(import.meta.dirname, '..', '..', 'examples')

/** Opens the front end, which answers at every path with the same page. */
export async function openTabsFrontEnd(): Promise<TabsFrontEnd> {
  let script = ''
  const server = await listenOnLocalhost((request, response) => {
    const isScript = request.url === '/script.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript ? script : '<!doctype html><title>A tab</title><script src="/script.js"></script>',
    )
  }, 0)
  const origin = `http://localhost:${server.port}`
  return {
    origin,
    show: async (name, settings) => {
      script = await bundle(name, { ...settings, callback: `${origin}/callback` })
    },
    close: server.close,
  }
}

async function bundle(name: TabsScript, settings: Readonly<Record<string, string>>) {
  const { outputFiles } = await build({
    entryPoints: [join(examples, 'tabs', `${name}.ts`)],
    ...{ bundle: true, write: false, format: 'iife', globalName: 'app', logLevel: 'silent' },
    plugins: [
      {
        name: 'settings',
        setup: (builder) => {
          builder.onLoad({ filter: /[\\/]libraries[\\/]settings\.ts$/ }, () => ({
            contents: Object.entries(settings)
              .map(([key, value]) => `export const ${key} = ${JSON.stringify(value)}`)
              .join('\n'),
          }))
        },
      },
    ],
  })
  return outputFiles[0]?.text ?? ''
}
