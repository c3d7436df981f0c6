import type { rejectedByCognito } from '../core/causes/rejected-by-cognito.ts'
import {
  allowCode,
  changeClientLink,
  deployStage,
  describeClient,
  describeDomain,
  describePool,
  enableOAuth,
  enableRevocation,
  probeDomain,
  registerCallback,
} from './commands.ts'
import {
  aged,
  clientSettings,
  describedAsRedirect,
  domainPage,
  fresh,
  loginPages,
} from './phrases.ts'
import type { rejectedClientTexts } from './rejected-client.ts'
import type { RunbookTextOf } from './text.ts'

const unauthorized =
  'Cognito knows the client but does not allow it to do this (`unauthorized_client`).'
const onlyOne = `${fresh}, and nothing else is wrong that could explain the refusal`
const several = `another setting in the evidence, or Cognito's hint about the redirect URI, could also explain the refusal, and both need a fix; or ${aged}`
const seeSettings = 'Check it yourself.'
const wholeConfiguration = `Or by CLI, ${changeClientLink} with the whole configuration:`
const prevention =
  'Keep app clients in a template that sets every value. A partial update resets flows and callback URLs.'

/** Cognito knows the app client but refused its request. */
export const rejectedRequestTexts = {
  grant_not_allowed: {
    meaning: `${unauthorized} The proxy then asked the user pool: the authorization code grant is not among the allowed OAuth flows of the app client.`,
    impact: 'Nobody can sign in with this client.',
    certainty: {
      proved: onlyOne,
      likely: `${several}; or it was a refresh, and Cognito does not document whether a refresh needs the flow`,
    },
    diagnosis: [`${seeSettings} \`flows\` does not include \`code\`.`, describeClient],
    evidence: {
      described_as_redirect: describedAsRedirect,
      code_flow_missing: '`AllowedOAuthFlows` of the app client does not include `code`',
      oauth_flag_off: '`AllowedOAuthFlowsUserPoolClient` is also off',
      callback_missing: 'the redirect URI of the request is also not registered',
    },
    mitigation: [
      `${loginPages}: add Authorization code grant to the OAuth grant types and save.`,
      wholeConfiguration,
      allowCode,
    ],
    prevention,
  },
  oauth_flows_disabled: {
    meaning:
      'Cognito refused the exchange. The proxy then asked the user pool: OAuth is turned off for the app client, so its allowed flows have no effect.',
    impact: 'Nobody can sign in with this client.',
    certainty: {
      proved: `Cognito answered \`unauthorized_client\`, ${onlyOne}`,
      likely: `Cognito answered \`invalid_grant\`, which also has other reasons; or ${several}`,
    },
    diagnosis: [`${seeSettings} \`oauthSwitch\` is \`false\` or absent.`, describeClient],
    evidence: {
      described_as_redirect: describedAsRedirect,
      oauth_flag_off:
        '`AllowedOAuthFlowsUserPoolClient` is off, which is the default when an app client is created or updated by API, CLI or template',
      callback_missing: 'the redirect URI of the request is also not registered',
    },
    mitigation: [
      `${loginPages}: saving this page sets the switch.`,
      wholeConfiguration,
      enableOAuth,
      'In a template, set `AllowedOAuthFlowsUserPoolClient: true`.',
    ],
    prevention,
  },
  callback_not_registered: {
    meaning: `${unauthorized} The proxy then asked the user pool: the redirect URI of the request is in the settings of the proxy, but not among the callback URLs of the app client.`,
    impact: 'Nobody can sign in with this redirect URI. Others are not affected.',
    certainty: {
      likely: `Cognito issues no code for such a URI, so either it was registered until a few minutes ago, or sign-in started with another one; or ${aged}`,
    },
    diagnosis: [
      'Compare `callbacks` with `redirectUris` of the client byte for byte. Look for a trailing slash, a port, `http` instead of `https`, or `127.0.0.1` instead of `localhost`.',
      describeClient,
    ],
    evidence: {
      described_as_redirect: describedAsRedirect,
      callback_missing:
        '`CallbackURLs` of the app client does not include the redirect URI of the request',
    },
    mitigation: [
      `${loginPages}: add the redirect URI to the allowed callback URLs and save.`,
      wholeConfiguration,
      registerCallback,
      'If the registered URI is right and sign-in starts with it, correct `redirectUris` of the client and the redirect URI of the exchange, and deploy; see [redirect_uri_mismatch](redirect_uri_mismatch.md).',
      deployStage,
    ],
    prevention: 'Generate the callback URLs and the settings of the proxy from one list.',
  },
  client_unauthorized: {
    meaning: `${unauthorized} Cognito uses this error for a disabled flow and for a wrong redirect URI. The proxy could not read the user pool, or found nothing wrong there.`,
    impact:
      'All sign-ins with this client fail, or all refreshes, or only those with one redirect URI. Check `grant_type` in the records.',
    diagnosis: [
      'Compare the app client with the settings of the client.',
      describeClient,
      'To compare the redirect URIs of sign-in and exchange, look at the events `OAuth2_Authorize_GET` and `Token_POST` of that minute in CloudTrail > Event history.',
    ],
    evidence: { described_as_redirect: describedAsRedirect },
    candidates: {
      redirect_uri_mismatch:
        'the callback is registered, but sign-in started with another one; likely if the client has several redirect URIs and others work',
      callback_not_registered: 'the redirect URI is in the settings but not among `callbacks`',
      grant_not_allowed: '`flows` does not include `code`',
      oauth_flows_disabled:
        '`oauthSwitch` is `false` or absent, which is the default when an app client is created or updated by API, CLI or template',
    },
    mitigation: [
      'Follow [grant_not_allowed](grant_not_allowed.md), [oauth_flows_disabled](oauth_flows_disabled.md), [callback_not_registered](callback_not_registered.md) or [redirect_uri_mismatch](redirect_uri_mismatch.md).',
    ],
    prevention:
      'Set `userPoolId` of each client, so that the proxy can check the user pool itself.',
  },
  lambda_trigger_failed: {
    meaning:
      "The text of Cognito's answer looks like a failure of a Lambda trigger of the pool. Cognito does not document these texts, so the cause is likely, not proved.",
    impact: 'Every user for whom the trigger fails: none of them can sign in or refresh.',
    diagnosis: [
      'List the triggers of the pool. The one for token generation is the first suspect.',
      describePool,
      'Read the log of that trigger (CloudWatch > Log groups > `/aws/lambda/TRIGGER`) at the time of the record. Look for an error, a timeout, a throttled call of its own, or a response that Cognito cannot use.',
      'If its log has no entry, the trigger was not started: its resource policy must allow `cognito-idp.amazonaws.com` to invoke it.',
    ],
    evidence: {
      trigger_text: 'the answer names a trigger that failed, or an error class that triggers cause',
      trigger_not_permitted:
        'Cognito may not invoke the function of the trigger, or the function was deleted: allow the pool to invoke it, as below',
      trigger_absent: 'the function of the trigger does not exist: it was deleted or renamed',
      trigger_not_ready:
        'Lambda could not run the function yet, as right after a deployment; this passes by itself',
      trigger_throttled:
        "Lambda throttled the trigger: raise the function's reserved concurrency or the account's limit. This is not a quota of Cognito",
      trigger_output_unusable:
        'the trigger ran, and returned something that Cognito cannot use: it must return the whole event, and each claim in the type that Cognito takes',
    },
    mitigation: [
      'Roll back the trigger: Lambda > Functions > TRIGGER > Aliases, or',
      {
        command:
          'aws lambda update-alias --function-name TRIGGER --name THE_ALIAS --function-version NUMBER',
      },
      'Without an alias, deploy its previous code, or remove it from the pool: Cognito > User pools > POOL > Extensions.',
      'If it was not started, allow the pool to invoke it.',
      {
        command: `aws lambda add-permission --function-name TRIGGER --statement-id cognito \\
  --action lambda:InvokeFunction --principal cognito-idp.amazonaws.com \\
  --source-arn arn:aws:cognito-idp:REGION:ACCOUNT:userpool/POOL`,
      },
    ],
    prevention:
      'Set alarms on errors and duration of triggers, and test them with sample events before a deployment.',
  },
  revocation_disabled: {
    meaning:
      'Cognito answered a revocation with `invalid_request`. The proxy then asked the user pool: token revocation is turned off for the app client.',
    impact:
      'After a sign-out, the refresh token stays valid until it expires. Front ends get a server error.',
    certainty: { proved: fresh, likely: aged },
    diagnosis: [`${seeSettings} \`revocation\` is \`false\`.`, describeClient],
    evidence: {
      error_unexpected: 'Cognito answered `invalid_request` although the request was complete',
      revocation_flag_off: '`EnableTokenRevocation` of the app client is off',
    },
    mitigation: [
      `${clientSettings} > Advanced authentication settings: select Enable token revocation and save.`,
      wholeConfiguration,
      enableRevocation,
    ],
    prevention:
      'Set `EnableTokenRevocation: true` in the template. It is off for app clients that are older than this setting.',
  },
  cognito_request_rejected: {
    meaning:
      'The user pool domain refused a well-formed request with an answer that matches no known reason.',
    impact: 'Usually everybody who uses this client.',
    diagnosis: [
      '`upstream_status` and `upstream_error` show the answer, as far as it is known. `evidence` says why the proxy could not classify it.',
      'Call the endpoint by hand. Cognito itself answers 400 in JSON with the header `x-amz-cognito-request-id`.',
      probeDomain,
      'Check whether the domain belongs to the pool.',
      describeDomain,
    ],
    evidence: {
      method_refused:
        'a 405: often a wrong path, or something in between that redirects or rewrites requests',
      status_unexpected:
        'a status that Cognito is not known to use for refusals: something in between answered',
      answer_not_json: 'a 4xx whose body is not a JSON object: probably not from Cognito itself',
      error_unknown: 'JSON, but without an `error` that Cognito is known to send',
      error_unexpected:
        'a known `error` that a request of the proxy should not be able to cause; for a revocation perhaps [revocation_disabled](revocation_disabled.md), if the proxy could not read the user pool',
      front_answered:
        'the answer names a server that Cognito is not, such as CloudFront, nginx or API Gateway: something of your own stands in front of the domain',
    },
    candidates: {
      distribution_in_front:
        'the answer comes from a CloudFront distribution, a gateway or a proxy of your own: it may allow only GET, or refuse the path or the host name. Call the `amazoncognito.com` domain of the pool directly: if that answers in JSON, change what stands in front (CloudFront: Behaviors > the path > Allowed HTTP methods must include POST), or set `domain` to that domain',
      waf_blocked:
        'a web ACL of the pool or of what stands in front blocked the request: see [waf_blocked](waf_blocked.md)',
      revocation_disabled:
        'it was a revocation, and `EnableTokenRevocation` of the app client is false',
      domain_path_wrong:
        'the answer has no `x-amz-cognito-request-id`: `domain` points to another server',
      request_changed_on_the_way: 'your own proxy, gateway or CDN is in front of the domain',
      cognito_changed:
        'the domain is right, nothing is in between, and it started without any change on your side',
    },
    mitigation: [
      `Correct \`domain\` of the client in the stage file (${domainPage} shows it) and deploy, or remove what is in between.`,
      deployStage,
      'Otherwise open a case with AWS Support with the `upstream_request_id`, and report it to the developers of the proxy.',
    ],
    prevention: `Use the address that Cognito shows for the domain: ${domainPage}.`,
  },
} as const satisfies {
  readonly [N in Exclude<
    keyof typeof rejectedByCognito,
    keyof typeof rejectedClientTexts
  >]: RunbookTextOf<N>
}
