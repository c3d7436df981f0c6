import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'

const cacheFolder = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))

/**
 * The flags without which this Chromium does not run in a container, and those that keep it quiet.
 * The package's own list is not taken: it switches web security off, and with it the CORS checks
 * that these tests are about.
 */
const flags = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-domain-reliability',
  '--no-first-run',
  '--no-pings',
  // Nothing but this machine can be found by name.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]',
]

/** Opens the headless Chromium that npm installs, with web security on. */
export const openBrowser = async (): Promise<Browser> => {
  const folder = await unpackChromium()
  return await chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: flags,
    headless: true,
    env: {
      ...process.env,
      // A machine without a language would make a tag of it that scripts cannot read.
      LC_ALL: 'en_US.UTF-8',
      // Libraries and fonts come from the package too: the machine needs neither.
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  })
}

/** Unpacks once for all test processes: each does it aside, and the first one's rename wins. */
const unpackChromium = async (): Promise<string> => {
  const { version } = createRequire(import.meta.url)(
    fileURLToPath(new URL('../../node_modules/@sparticuz/chromium/package.json', import.meta.url)),
  )
  const folder = join(cacheFolder, `chromium-${version}`)
  if (existsSync(folder)) return folder
  await mkdir(cacheFolder, { recursive: true })
  const aside = await mkdtemp(`${folder}-`)
  const script = "await (await import('@sparticuz/chromium')).default.executablePath()"
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    // The package unpacks to the temporary folder, and its libraries only where it sees Lambda.
    env: { ...process.env, TMPDIR: aside, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
  })
  await writeFile(join(aside, 'fonts.conf'), fontsConfiguration(folder))
  await rename(aside, folder).catch((thrown: unknown) => {
    if (!existsSync(folder)) throw thrown
  })
  await rm(aside, { recursive: true, force: true })
  return folder
}

/** The package's own configuration knows only Lambda's folders. */
const fontsConfiguration = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
  <alias><family>system-ui</family><prefer><family>Open Sans</family></prefer></alias>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
`
