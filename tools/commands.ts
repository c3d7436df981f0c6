import { Argument, Option } from '@commander-js/extra-typings'
import { partNames } from '../bench/plan.ts'
import {
  describe,
  toCount,
  toDeploymentUrl,
  toPort,
  toRequestId,
  toStageName,
} from './command-line.ts'

const defaultPort = 8787
/** The ports after the gateway's that `npm start` and the examples beside it take. */
const followingPorts = { start: 4, example: 5 } as const

const stageFlag = '-s, --stage <name>'
const stageText = 'the name of the stage: its settings are in stages/NAME.json'

/** Every command of the project by its npm script; what `--help` prints and which flags are known. */
export const commands = {
  start: describe('start', 'Builds the functions and starts everything on loopback.').option(
    '--port <number>',
    `the port of the gateway; the ${followingPorts.start} after it are taken, too`,
    toPort(followingPorts.start),
    defaultPort,
  ),
  test: describe(
    'test',
    'Runs every check: format, types, build, and all tests but the long ones.',
  ).argument(
    '[files...]',
    'runs these test files only',
    (file: string, others: string[]) => [...others, file],
    [] as string[],
  ),
  'test:long': describe('test:long', 'Runs the long tests, which repeat one thing many times.'),
  build: describe('build', 'Bundles the functions into dist/functions/.'),
  gateway: describe(
    'gateway',
    'Serves the built functions behind the local API gateway, with the environment of this process.',
  )
    .option('--port <number>', 'the port; 0 takes a free one', toPort(0), defaultPort)
    .option('--functions <folder>', 'other built functions than those of dist/functions/')
    .option(
      '--template <file>',
      'a packaged template, whose routes, CORS, throttles and environments are served',
    )
    .option(
      '--edge-template <file>',
      'a packaged template of a distribution, which is played in front',
    )
    .option('--throttled', 'limits requests as the deployed stage does', false)
    .option('--concurrency <number>', 'sandboxes of each function at once', toCount, 100),
  doctor: describe(
    'doctor',
    'Checks the configured clients against their user pools, or with --user-pool-id any app client of any user pool, without settings. Exit codes: 0 all is well, 1 something is wrong, 2 could not check.',
  )
    .option('--client <name>', 'checks one client only')
    .addOption(
      new Option(
        '-s, --stage <name>',
        "reads the settings from stages/NAME.json, not from the functions' environment; of two Regions it also checks that they agree",
      ).conflicts(['userPoolId', 'clientId']),
    )
    .option('--user-pool-id <id>', 'without settings: the user pool')
    .option('--client-id <id>', 'without settings: the app client')
    .option(
      '--domain <address>',
      'without settings: the domain, if it is not that of the user pool',
    )
    .option('--redirect-uri <uri>', 'without settings: compares the redirect URI of a front end')
    .option('--secret-id <id>', 'without settings: compares a secret in Secrets Manager')
    .option('--secret-stdin', 'without settings: compares a secret on standard input', false)
    .option('--cloudtrail', 'without settings: compares redirect URIs of the last 24 hours', false)
    .option('--json', 'prints JSON', false),
  init: describe(
    'init',
    'Makes or extends a stage for an app client: reads its user pool, writes stages/NAME.json, fills the secret, and runs the doctor. Exit codes: 0 done and all is well, 1 something is wrong, 2 nothing was changed.',
  )
    .option('--user-pool-id <id>', 'the user pool, such as eu-central-1_AbCdEfGhI')
    .option('--client-id <id>', 'the app client')
    .option('-s, --stage <name>', 'the stage to make or extend', toStageName)
    .option(
      '--name <alias>',
      'the alias of the client; metrics and records name the client with it',
    )
    .option('--domain <url>', 'the address of the user pool domain')
    .option('--issuer <url>', 'the issuer of the tokens, if it is not the one of the user pool')
    .option('--secret-id <name>', 'the name of the secret in Secrets Manager')
    .option('--origin <origins...>', 'the origins that may call')
    .option('--redirect-uri <uris...>', 'the redirect URIs of the front end')
    .option('--alarm-email <addresses...>', 'the e-mail addresses that get the alarms')
    .option(
      '--as-registered',
      'gives a client that the stage has already the addresses that the app client registers now, and drops the others',
      false,
    )
    .option('-y, --yes', 'accepts every suggestion, for machines', false),
  smoke: describe(
    'smoke',
    'Checks a deployed proxy from outside. It sends invented codes only and changes nothing. Exit codes: 0 all is well, 1 something is wrong, 2 could not check.',
  )
    .option('--url <address>', 'the address of the deployment', toDeploymentUrl)
    .option('-s, --stage <name>', 'checks every client of stages/NAME.json')
    .option('--client-id <id>', 'without --stage: checks this client')
    .option('--origin <origin>', 'the origin that this client is called from')
    .option('--redirect-uri <uri>', 'a redirect URI of this client')
    .option('--cookies', 'this client keeps its refresh token in a cookie', false)
    .option('--json', 'prints JSON', false),
  secret: describe(
    'secret',
    'Fills, watches and rotates a client secret, whose value it never shows. Exit codes: 0 all is well, 1 something is wrong, 2 could not check or nothing was done.',
  )
    .addArgument(
      new Argument(
        '<action>',
        'import fills the secret from Cognito, status says where a rotation stands, rotate starts one, cancel undoes one that is stuck',
      ).choices(['import', 'status', 'rotate', 'cancel'] as const),
    )
    .option('--client <name>', 'the client whose secret it is')
    .option('--cookie-key', 'the key of the cookies instead', false)
    .option(
      '-s, --stage <name>',
      "reads the settings from stages/NAME.json; without it, from the functions' environment",
    )
    .option('--kms-key <id>', 'import: the KMS key of a secret that has to be made')
    .option('--yes', 'does what it says without asking', false)
    .option('--json', 'status: prints JSON', false),
  explain: describe(
    'explain',
    'Says what an error means: paste an answer, a request, a log line or the text of a browser or library, as argument or on standard input. It works offline; with AWS credentials it also looks at the app client or the record that is named, and only reads. Exit codes: 0 known, 1 unknown or not found, 2 nothing to explain or could not look.',
  )
    .argument(
      '[text...]',
      'what you have; quote it, or pipe it in',
      (word: string, before: string[]) => [...before, word],
      [] as string[],
    )
    .option(
      '--request-id <id>',
      'picks one record of several, or with --stage gets it',
      toRequestId,
    )
    .option(
      '-s, --stage <name>',
      'the stage of the request: its log groups and app clients are looked at',
    )
    .option('--hours <number>', 'how far back the record is looked for', toCount, 24)
    .option('--offline', 'asks AWS nothing, whatever the text names', false)
    .option('--json', 'prints JSON', false),
  generate: describe('generate', 'Writes the generated pages of docs/.').option(
    '--check',
    'writes nothing; exits with 1 if a page is not up to date',
    false,
  ),
  site: describe('site', 'Builds the site of docs/ into dist/site/, with its search.').option(
    stageFlag,
    'also publishes it at the address of this deployed stage, whose site must be true',
  ),
  bench: describe(
    'bench',
    'Measures the built function beside its peers, on loopback. Exits with 1 if a bar is missed; --quick only shows the bars.',
  )
    .option('--quick', 'runs about a minute; its figures are rough', false)
    .option('--long', 'also compares memory after a million exchanges', false)
    .addOption(new Option('--only <part>', 'measures one part').choices(partNames))
    .option('--json <file>', 'writes the results to a file')
    .option(
      '--write',
      'writes docs/performance.json and the page made of it; with --only, what that part measured',
      false,
    ),
  example: describe('example', 'Starts an example beside npm start.')
    .addArgument(
      new Argument('<name>', 'the example').choices(['plain', 'react', 'native'] as const),
    )
    .option(
      '--port <number>',
      'the port that npm start was given',
      toPort(followingPorts.example),
      defaultPort,
    ),
  format: describe('format', 'Formats the sources and applies the safe fixes of the linter.'),
  package: describe(
    'package',
    'Writes the CloudFormation template and the zips to .serverless/, offline and without credentials.',
  ).option(stageFlag, stageText),
  cdk: describe(
    'cdk',
    'Packs the construct for the AWS CDK, with the built functions, into an npm package in dist/.',
  ),
  deploy: describe(
    'deploy',
    'Checks the account, packages a stage, says what changes, deploys it to AWS, and checks it from outside.',
  )
    .option(stageFlag, stageText)
    .option(
      '--allow-replacement',
      'also replaces or deletes what holds something: the HTTP API, its domain name, topics, log groups, a table, the bucket, the site, and CloudFront in front where the stage no longer wants it',
      false,
    )
    .option('--skip-checks', 'does not look for what would stop it', false)
    .option('--all-at-once', 'new versions take over at once, and no alarm takes them back', false)
    .option('--rollback [timestamp]', 'goes back to the package before, or to that of a timestamp')
    .option('--yes', 'does not ask at a terminal', false),
}
