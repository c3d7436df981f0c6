import type { UnplayedReport } from '../cases-page.ts'

/** Reports of what the token endpoint does not see, or of more than one exchange: what covers each. */
export const unplayedReports: readonly UnplayedReport[] = [
  {
    id: 'axa-955',
    inHand: "Sign-out ends at a page: Required String parameter 'redirect_uri' is not present",
    source: 'https://github.com/AxaFrance/oidc-client/issues/955',
    reported: 'Sign-out by a library left the session at Cognito, or ended at an error.',
    here: "The proxy translates the standard's sign-out, and the embedded user pool refuses what Cognito refuses ([the local world](local-world.md#logout)).",
    seenIn: 'test/browser/more-libraries.test.ts',
  },
  {
    id: 'angular-1947',
    inHand:
      'Validate_id_token_nonce failed, dataIdToken.nonce does not match after the silent renew',
    source: 'https://github.com/damienbod/angular-auth-oidc-client/issues/1947',
    reported: 'A renewal failed because of the nonce in the refreshed ID token.',
    here: 'The tokens are handed on as Cognito made them. With `ignoreNonceAfterRefresh`, as [in the guide](more-libraries.md#angular-auth-oidc-client), the library renews.',
    seenIn: 'test/browser/more-libraries.test.ts',
  },
  {
    id: 'swagger-6290',
    source: 'https://github.com/swagger-api/swagger-ui/issues/6290',
    reported: 'Swagger UI asked for a secret although it used PKCE.',
    here: 'It signs in with the [configuration in the guide](more-libraries.md#swagger-ui).',
    seenIn: 'test/browser/more-libraries.test.ts',
  },
  {
    id: 'soofstad-signin',
    source: 'a trial of this project with react-oauth2-code-pkce',
    reported: 'The library signs in with all of its endpoints at one domain.',
    here: 'It works with the [configuration in the guide](more-libraries.md#react-oauth2-code-pkce).',
    seenIn: 'test/browser/more-libraries.test.ts',
  },
  {
    id: 'agentgateway-2016',
    inHand: 'Incompatible auth server: does not support dynamic client registration',
    source: 'https://github.com/agentgateway/agentgateway/pull/2016',
    reported: 'MCP clients want to register themselves.',
    here: 'Out of scope: a client must be [registered beforehand](front-ends.md#an-mcp-client), and the documents name no registration endpoint.',
    seenIn: 'test/conformance/metadata.test.ts',
  },
  {
    id: 'ohmypi-9151',
    inHand:
      'OAuth metadata: issuer https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Demo does not match the expected address',
    source: 'https://github.com/can1357/oh-my-pi/issues/9151',
    reported: 'Clients that compare the issuer with the address of its document stopped.',
    here: 'The document for OAuth clients names the address that it was asked at as its issuer.',
    seenIn: 'test/conformance/metadata.test.ts',
  },
  {
    id: 'serverless-express-653',
    source: 'https://github.com/CodeGenieApp/serverless-express/issues/653',
    reported: 'A named stage stood before each path.',
    here: 'Requests behind a named stage or base path are served ([how](deploy.md#under-an-api-of-your-own)).',
    seenIn: 'test/conformance/crafted-events.test.ts',
  },
  {
    id: 'warmup-ping',
    source: 'a trial of this project',
    reported: 'A plugin invoked the function to keep it warm.',
    here: 'The ping counts for nothing. The plugin is not needed.',
    seenIn: 'test/conformance/crafted-events.test.ts',
  },
  {
    id: 'sentry-6077',
    inHand:
      "Access to fetch at 'https://proxy.example/oauth2/token' has been blocked by CORS policy: Request header field baggage is not allowed by Access-Control-Allow-Headers in preflight response",
    source: 'https://github.com/getsentry/sentry-javascript/issues/6077',
    reported: 'Monitoring added headers to every call, and the preflight failed.',
    here: 'The usual ones are [allowed](front-ends.md#headers-that-monitoring-adds); a setting allows others.',
    seenIn: 'test/conformance/callers.test.ts',
  },
  {
    id: 'middy-660',
    source: 'https://github.com/middyjs/middy/issues/660',
    reported: 'A failed read was cached, and the corrected value was not seen.',
    here: 'A failed read is repeated after one second, then at growing intervals of at most one minute.',
    seenIn: 'test/adapters/client-secret.test.ts',
  },
  {
    id: 'cdk-12411',
    inHand:
      'User: arn:aws:sts::111122223333:assumed-role/proxy is not authorized to perform: secretsmanager:GetSecretValue',
    source: 'https://github.com/aws/aws-cdk/issues/12411',
    reported:
      'A secret was named by its ARN without the random end, and the policy allowed nothing.',
    here: 'The role allows what each form can mean.',
    seenIn: 'test/infra/role.test.ts',
  },
  {
    id: 'undici-3492',
    inHand: 'TypeError: fetch failed, cause: SocketError: other side closed',
    source: 'https://github.com/nodejs/undici/issues/3492',
    reported: 'A connection that the server had closed was used once more.',
    here: 'A closed connection is noticed before a code is put on it, and no code is sent twice.',
    seenIn: 'test/conformance/freeze.test.ts',
  },
  {
    id: 'powertools-python-1827',
    source: 'https://github.com/aws-powertools/powertools-lambda-python/pull/1827',
    reported: 'At the debug level, two lines ran together and the metrics were lost.',
    here: 'Each line is JSON of its own at every log level.',
    seenIn: 'test/conformance/secrecy.test.ts',
  },
  {
    id: 'serverless-3237',
    source: 'https://github.com/serverless/serverless/issues/3237',
    reported: 'A deployment failed because a log group of that name was left from before.',
    here: 'The [deployment guide](deploy.md#deploy) says what to do.',
  },
  {
    id: 'serverless-1835',
    source: 'https://github.com/serverless/serverless/issues/1835',
    reported: 'Packages that were made on Windows had backslashes in their paths.',
    here: 'Not tried: this project is built on Linux and macOS. Package there, or in WSL.',
  },
  {
    id: 'oauth2-proxy-2351',
    source: 'https://github.com/oauth2-proxy/oauth2-proxy/issues/2351',
    reported: 'A monitor looked for a health address.',
    here: '`GET /health` says whether the settings are usable, and counts for nothing.',
    seenIn: 'test/conformance/metadata.test.ts',
  },
  {
    id: 'openid-client-126',
    inHand: 'id_token issued in the future, now 1538743812, iat 1538743814',
    source: 'https://github.com/panva/openid-client/issues/126',
    reported: 'A token seemed to be issued in the future.',
    here: 'Tokens are not judged. The clock of the client needs a tolerance; the doctor checks that of its own machine.',
    seenIn: 'test/core/doctor/domain.test.ts',
  },
]
