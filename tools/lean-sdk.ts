import { readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Plugin } from 'esbuild'

/** A module of the AWS SDK that the functions are better off without. */
interface Replacement {
  /** Its path below node_modules. */
  readonly module: string
  readonly why: string
  /** What is in its place: a file of the project, or the text of a module. */
  readonly by: { readonly file: string } | { readonly text: string }
}

const smithy = '@smithy/core/dist-es/submodules'
const aws = '@aws-sdk/core/dist-es/submodules'

/** Names that something imports and that no call of the functions reaches: each fails where it is used. */
const unused = (...names: readonly string[]) => ({
  text: names.map((name) => `export class ${name} {}`).join('\n'),
})

/** Every module that is replaced; the tests of the built functions hold what the replacements must do. */
export const replacements: readonly Replacement[] = [
  {
    module: '@aws-sdk/credential-provider-node/dist-es/index.js',
    why: 'In Lambda credentials are in the environment, or at an endpoint that the environment names.',
    by: { file: 'adapters/lambda/credentials.ts' },
  },
  {
    module: `${smithy}/config/node-config-provider/configLoader.js`,
    why: 'Lambda has no home folder with profiles.',
    by: { file: 'adapters/lambda/environment-config.ts' },
  },
  {
    module: `${smithy}/config/config-resolver/regionConfig/getInstanceMetadataRegion.js`,
    why: 'Lambda names the Region in the environment; the endpoint of EC2 is not there.',
    by: { text: 'export const getInstanceMetadataRegion = () => undefined' },
  },
  {
    module: `${smithy}/config/defaults-mode/resolveDefaultsModeConfig.js`,
    why: 'The clients are given their time limits.',
    by: { text: "export const resolveDefaultsModeConfig = () => async () => 'legacy'" },
  },
  {
    module: `${smithy}/checksum/sha256/Sha256Js.js`,
    why: 'Node.js has SHA-256.',
    by: unused('Sha256Js'),
  },
  {
    module: `${smithy}/retry/util-retry/AdaptiveRetryStrategy.js`,
    why: 'The clients use the standard retries.',
    by: unused('AdaptiveRetryStrategy'),
  },
  {
    module: `${smithy}/serde/date-utils.js`,
    why: 'JSON-RPC has its times in seconds since 1970; the other forms belong to other protocols.',
    by: {
      text: `export const parseEpochTimestamp = (seconds) =>
        seconds == null ? undefined : new Date(Math.round(Number(seconds) * 1000))
      ${unused('dateToUtcString', 'parseRfc3339DateTime', 'parseRfc3339DateTimeWithOffset', 'parseRfc7231DateTime').text}`,
    },
  },
  {
    module: `${smithy}/protocols/json/jsonReviver.js`,
    why: 'No answer that is read has a number of more digits than a double.',
    by: { text: 'export const jsonReviver = (_key, value) => value' },
  },
  {
    module: `${smithy}/protocols/json/codec-v2/JsonBytesStringAdapter.js`,
    why: 'Nothing here calls the methods of a string on the bytes of a request.',
    by: {
      text: `export const JsonBytesStringAdapter = {
        allocUnsafe: (bytes) => new Uint8Array(bytes),
      }`,
    },
  },
  {
    module: `${smithy}/client/smithy-client/schemaLogFilter.js`,
    why: 'The clients log nothing: what they would log is left out whole.',
    by: { text: 'export const schemaLogFilter = () => undefined' },
  },
  {
    module: `${smithy}/endpoints/middleware-endpoint/service-customizations/s3.js`,
    why: 'No bucket is asked for.',
    by: unused(
      ...['resolveParamsForS3', 'isArnBucketName', 'isDnsCompatibleBucketName'],
      ...['DOT_PATTERN', 'S3_HOSTNAME_PATTERN'],
    ),
  },
  {
    module: '@smithy/signature-v4/dist-es/HeaderFormatter.js',
    why: 'No event stream is signed.',
    by: unused('HeaderFormatter', 'Int64'),
  },
  {
    module: `${aws}/client/emitWarningIfUnsupportedVersion.js`,
    why: 'The template names the version of Node.js.',
    by: {
      text: `export const state = { warningEmitted: true }
      export const emitWarningIfUnsupportedVersion = () => {}`,
    },
  },
]

/** Puts the replacements in the place of the modules; a module that is gone from the SDK stops the build. */
export function leanSdk(root: string): Plugin {
  const packages = join(root, 'node_modules')
  const byPath = new Map(replacements.map((one) => [join(packages, one.module), one]))
  return {
    name: 'lean-sdk',
    setup({ onLoad, onStart }) {
      onStart(() => {
        for (const path of byPath.keys()) readFileSync(path)
      })
      onLoad({ filter: /node_modules[\\/]@(?:aws-sdk|smithy)[\\/].*\.js$/ }, ({ path }) => {
        const by = byPath.get(path)?.by
        if (by === undefined) return undefined
        const contents = 'text' in by ? by.text : `export * from './${toImport(root, by.file)}'`
        return 'text' in by ? { contents } : { contents, resolveDir: root }
      })
      // Of its manifest a client needs its version alone.
      onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/ }, ({ path }) => {
        const { version } = JSON.parse(readFileSync(path, 'utf8'))
        return { contents: JSON.stringify({ version }), loader: 'json' }
      })
    },
  }
}

function toImport(root: string, file: string): string {
  return relative(root, join(root, file)).split(sep).join('/')
}
