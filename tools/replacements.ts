import { toShortErrors, withoutKnownRegions, withoutTrace } from './source-edits.ts'

/** A module of a package that the functions are better off without. */
interface Replacement {
  /** Its path below node_modules. */
  readonly module: string
  readonly why: string
  /** What is in its place: a file of the project, or the text of a module. */
  readonly by:
    | { readonly file: string }
    | { readonly text: string }
    | { readonly edit: (source: string) => string }
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
    why: 'A function makes too few calls to learn a rate from: where the environment asks for it, retries are standard.',
    by: {
      text: `import { StandardRetryStrategy } from './StandardRetryStrategy'
      export class AdaptiveRetryStrategy extends StandardRetryStrategy {
        constructor(_maxAttempts, options) { super(options) }
      }`,
    },
  },
  {
    module: `${smithy}/serde/date-utils.js`,
    why: 'JSON-RPC has its times in seconds since 1970; Date reads those of Retry-After and of the endpoint of credentials.',
    by: {
      text: `export const parseEpochTimestamp = (seconds) =>
        seconds == null ? undefined : new Date(Math.round(Number(seconds) * 1000))
      export const parseRfc3339DateTime = (text) => new Date(text)
      export const parseRfc7231DateTime = (text) => new Date(text)
      ${unused('dateToUtcString', 'parseRfc3339DateTimeWithOffset').text}`,
    },
  },
  {
    module: `${smithy}/protocols/json/jsonReviver.js`,
    why: 'No answer that is read has a number of more digits than a double.',
    by: { text: 'export const jsonReviver = (_key, value) => value' },
  },
  {
    module: `${smithy}/protocols/json/codec-v2/JsonShapeSerializer2.js`,
    why: 'What the functions send is JSON as it is: no times, no bytes and no big numbers.',
    by: { file: 'adapters/lambda/json-codec.ts' },
  },
  {
    module: `${smithy}/protocols/json/codec-v2/JsonShapeDeserializer2.js`,
    why: 'Of what JSON does not have itself, answers have times alone.',
    by: { file: 'adapters/lambda/json-codec.ts' },
  },
  {
    module: `${aws}/client/util-endpoints/lib/aws/partitions.js`,
    why: 'A Region that the pattern of its partition knows needs no entry of its own.',
    by: { edit: withoutKnownRegions },
  },
  {
    module: '@aws-sdk/client-secrets-manager/dist-es/models/errors.js',
    why: 'Errors differ in their names alone.',
    by: { edit: toShortErrors },
  },
  ...['secrets-manager', 'dynamodb', 'cognito-identity-provider'].map((name) => ({
    module: `@aws-sdk/client-${name}/dist-es/runtimeExtensions.js`,
    why: 'No client has extensions.',
    by: { text: 'export const resolveRuntimeExtensions = (config) => config' },
  })),
  {
    module: `${aws}/client/middleware-logger/loggerMiddleware.js`,
    why: 'The clients log nothing.',
    by: {
      text: `export const getLoggerPlugin = () => ({ applyToStack() {} })
      ${unused('loggerMiddleware', 'loggerMiddlewareOptions').text}`,
    },
  },
  {
    module: `${aws}/client/middleware-user-agent/check-features.js`,
    why: 'The user agent names the SDK, and not which of its parts are used.',
    by: { text: 'export const checkFeatures = async () => {}' },
  },
  {
    module: `${smithy}/serde/util-body-length/calculateBodyLength.js`,
    why: 'Every body is a text or bytes; looking for files loads the streams of files.',
    by: { text: 'export const calculateBodyLength = (body) => Buffer.byteLength(body)' },
  },
  {
    module: `${smithy}/serde/lazy-json.js`,
    why: 'No text is read as JSON by the SDK.',
    by: unused('LazyJsonString'),
  },
  {
    module: `${smithy}/protocols/HttpBindingNormalizedSchema.js`,
    why: 'JSON-RPC puts nothing of an input into the path, the headers or the name of the host.',
    by: {
      text: `export const getHttpOperationBindings = () => []
      ${unused('HttpBindingNormalizedSchema').text}`,
    },
  },
  {
    module: `${smithy}/serde/util-stream/stream-type-check.js`,
    why: 'No body is a stream; looking for one loads web streams.',
    by: { text: 'export const isReadableStream = () => false; export const isBlob = () => false' },
  },
  {
    module: `${smithy}/serde/util-stream/stream-collector.browser.js`,
    why: 'There are no streams of a browser.',
    by: unused('collectBlob', 'collectReadableStream'),
  },
  {
    module: `${smithy}/serde/util-stream/sdk-stream-mixin.js`,
    why: 'No answer is handed on as a stream: that of the endpoint of credentials is bytes like all others.',
    by: {
      text: `export const sdkStreamMixin = (bytes) =>
        ({ transformToString: async () => Buffer.from(bytes).toString('utf8') })`,
    },
  },
  {
    module: `${smithy}/checksum/crc32/Crc32Node.js`,
    why: 'No call has a checksum of its own; this one loads zlib.',
    by: unused('Crc32Node'),
  },
  {
    module: `${smithy}/event-streams/index.js`,
    why: 'No call answers with a stream of events.',
    by: unused('EventStreamSerde', 'eventStreamSerdeProvider'),
  },
  {
    module: `${aws}/client/util-user-agent-browser/createUserAgentStringParsingProvider.js`,
    why: 'There is no browser whose name would have to be parsed.',
    by: unused('createUserAgentStringParsingProvider'),
  },
  {
    module: `${aws}/client/middleware-recursion-detection/recursionDetectionMiddleware.js`,
    why: 'No call makes AWS invoke a function again.',
    by: {
      text: 'export const recursionDetectionMiddleware = () => (next) => (args) => next(args)',
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
    module: '@smithy/node-http-handler/dist-es/index.js',
    why: 'The functions have HTTP of their own, which needs no streams and no agents.',
    by: { file: 'adapters/lambda/http-handler.ts' },
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
  {
    module: '@aws/lambda-invoke-store/dist-es/invoke-store.js',
    why: 'Where Lambda handles several invocations at once, its runtime brings the store itself.',
    by: { text: '' },
  },
  {
    module: '@aws-lambda-powertools/commons/lib/esm/envUtils.js',
    why: 'No line has the id of a trace, and Powertools would read the environment twice for each.',
    by: { edit: withoutTrace },
  },
  ...['LogFormatter', 'PowertoolsLogFormatter'].map((name) => ({
    module: `@aws-lambda-powertools/logger/lib/esm/formatter/${name}.js`,
    why: 'A record is made without a formatter: it has no time and no error to write.',
    by: unused(name),
  })),
  {
    module: '@aws-lambda-powertools/logger/lib/esm/logBuffer.js',
    why: 'No line waits in a buffer.',
    by: unused('CircularMap', 'SizedItem', 'SizedSet'),
  },
]
