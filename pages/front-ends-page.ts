import { toCode, toCodeBlock, toPage, toTable } from '../runbook/markdown.ts'
import { columns, type Library, libraries } from './front-end-libraries.ts'
import { toLineDiff } from './line-diff.ts'

/** What the page is made of: the very files that the tests run. */
export interface FrontEndFiles {
  /** The files of `examples/libraries/`, by their path there. */
  readonly texts: Readonly<Record<string, string>>
  /** The installed versions, by the name in the npm registry. */
  readonly versions: Readonly<Record<string, string>>
}

const opening = `# Front ends

Keep the OAuth library that you have, and change one address: where it knew the user pool, it now knows the
proxy. The secret, its header and the causes of failures are the proxy's affair.

This page is generated (\`npm run generate\`) from \`examples/libraries/\`, and the files there are what the tests
run: each library unmodified from npm, in a real browser, through the proxy, against the embedded user pool.`

const runIt = `## See it run

With \`npm start\` running, each of these serves a small app on port 8792, the one after those of \`npm start\`:

${toCodeBlock('', 'npm run example -- react\nnpm run example -- plain')}

\`react\` is a React app with react-oidc-context, \`plain\` a page without a framework with oauth4webapi. Both show
what succeeded and what failed. After \`npm start -- --port N\`, add \`--port N\` here, too.`

const answers: readonly (readonly string[])[] = [
  [
    '400 `invalid_grant`',
    'Cognito refused this code or refresh token.',
    'Sign in again.',
    '“Please sign in again.”',
  ],
  [
    '401, in [cookie mode](cookie-mode.md) only',
    'There is no session in this browser, or its cookie cannot be read.',
    'Sign in again.',
    '“Please sign in.”',
  ],
  [
    'any other 4xx but 429',
    'The request is wrong; `error_description` says how.',
    'Mend the front end; it will not pass by itself.',
    '“Something is wrong with this app.”',
  ],
  [
    '429 and 503',
    'Not now.',
    'Wait for `retry-after` seconds, then send the same again.',
    'Nothing, or “One moment”.',
  ],
  [
    '504 on a code',
    'Nobody knows whether the code is spent.',
    'Start again from the sign-in; never send the code twice.',
    '“That took too long. Please sign in again.”',
  ],
  [
    '504 on a refresh',
    'Nobody knows whether it was done.',
    'Wait for `retry-after` seconds, then send the same again; keep the session.',
    'Nothing, or “One moment”.',
  ],
  [
    '500 and 502',
    'Not your fault, and not the user’s.',
    'Keep the session, and show the request id (`x-request-id`); whoever runs the proxy finds the cause by it.',
    '“We have a problem. Tell us this number: …”',
  ],
]

const gapsOpening = `Each row was seen in the browser, with the library left to itself; a test shows it. Where Amplify calls Cognito's
own API, a stand-in answered it with the \`NotAuthorizedException\` that such clients are reported to get.`

const treatment = `## How to treat the answers

Sign the user out where the table says so, and nowhere else: an outage is never told as the user's fault.

${toTable(['answer', 'what it means', 'what to do', 'what to tell the user'], answers)}

Every failure is JSON with \`error\`, \`error_description\` and, where the deployment publishes its
[runbook](runbook/README.md), \`error_uri\`, which leads to the cause. The description is for developers. Scripts may
read \`retry-after\` and \`x-request-id\` across origins.`

const discovery = `## Discovery and the drop-in domain

\`GET /.well-known/openid-configuration\` at the proxy is the user pool's own document, but tokens are had and
revoked here, without a secret and with PKCE. Where the clients of a deployment are in different user pools, each
has its own at \`/clients/NAME/.well-known/openid-configuration\`. The issuer in it stays the user pool, which signs
the tokens: a library that compares the issuer with the address must be given both.

The endpoints in it stand at the setting [\`publicUrl\`](settings.md). Without it they stand at the host that was
asked: set it where that is not the host that front ends should call, such as behind a content delivery network.

\`GET /oauth2/authorize\`, \`/login\` and \`/logout\` at the proxy lead on to the same page of the user pool domain. So
the proxy's host can stand wherever a library wants the Cognito domain, as Amplify's \`domain\` does.
The query goes on as it came; one that names a parameter twice is answered 400 and goes nowhere.

Cognito documents \`client_id\` and \`logout_uri\` for its logout page, not the parameters of OpenID Connect; and it
revokes refresh tokens only. Both show in the files above.`

const cookies = `## Keep the refresh token from scripts

In [cookie mode](cookie-mode.md) the refresh token travels in a cookie that no script can read.`

const tabs = `## Many tabs

What happens when several tabs refresh at once, and the few lines that make it safe: [many tabs](many-tabs.md).`

const native = `## Native apps

Command lines, desktop and mobile apps (RFC 8252) have an app client of their own: [native apps](native-apps.md).`

/** Writes `docs/front-ends.md`. */
export function toFrontEndsPage(files: FrontEndFiles): string {
  const settings = files.texts['settings.ts'] ?? ''
  return `${toPage([
    opening,
    toOverview(files),
    runIt,
    '## The settings',
    'Every file below takes its addresses from this one:',
    toCodeBlock('ts', settings.trimEnd()),
    ...Object.values(libraries).map((library) => toSection(library, files)),
    '## What a library does not do by itself',
    gapsOpening,
    toGaps(),
    treatment,
    discovery,
    cookies,
    tabs,
    native,
  ])}\n`
}

function toOverview({ versions }: FrontEndFiles): string {
  const rows = Object.values(libraries).map((library: Library) => [
    `${toCode(library.npm)} ${versions[library.npm] ?? ''}`,
    ...columns.map((column) => toMark(library, column)),
    { everything: 'all of it', error: '`error` alone', status: 'the status alone' }[library.tells],
  ])
  const head = ['library', ...columns, 'tells of a failure']
  return toPage([
    toTable(head, rows),
    'A ✓ is the library by itself; *with lines* means that the file has a few lines more, and [why](#what-a-library-does-not-do-by-itself).',
  ])
}

function toMark({ missing }: Library, column: string): string {
  const isMissing = Object.values(missing).some((step) => step.column === column)
  return isMissing ? '*with lines*' : '✓'
}

function toSection(library: Library, { texts }: FrontEndFiles): string {
  const [before = '', after = ''] = [texts[`before/${library.file}`], texts[library.file]]
  const language = library.file.endsWith('x') ? 'tsx' : 'ts'
  const further = Object.keys(texts).filter(
    (path) => path !== library.file && after.includes(`'./${path}'`) && path !== 'settings.ts',
  )
  return toPage([
    `## ${library.npm}`,
    `What changes: ${library.change}`,
    toCodeBlock('diff', toConfigurationDiff(before, after)),
    `The whole, ${toCode(`examples/libraries/${library.file}`)}:`,
    toCodeBlock(language, after.trimEnd()),
    ...further.map((path) =>
      toPage([
        `And ${toCode(`examples/libraries/${path}`)}:`,
        toCodeBlock('ts', (texts[path] ?? '').trimEnd()),
      ]),
    ),
    `A failure comes as: ${library.failure}`,
  ])
}

/** The file before holds the configuration alone, with which the file after begins. */
function toConfigurationDiff(before: string, after: string): string {
  const old = toBlocks(before)
  return toLineDiff(old.join('\n\n'), toBlocks(after).slice(0, old.length).join('\n\n'))
}

/** What stands after the imports, divided at empty lines. */
function toBlocks(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n\n')
    .filter((block) => !block.startsWith('import '))
}

function toGaps(): string {
  const rows = Object.values(libraries).flatMap(({ npm, missing }: Library) =>
    Object.values(missing).map(({ step, reason, instead }) => [npm, step, reason, instead]),
  )
  return toTable(['library', 'step', 'why not', 'what does it instead'], rows)
}
