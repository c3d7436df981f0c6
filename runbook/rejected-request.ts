import type { rejected } from '../core/causes/rejected.ts'
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
  'Cognito knows the client but says that it may not do this (`unauthorized_client`).'
const onlyOne = `${fresh}, and nothing else that could explain the refusal is wrong`
const several = `another setting in the evidence, or Cognito's hint at the redirect URI, could explain the refusal, too, and both must be mended; or ${aged}`
const seeSettings = 'See it for yourself.'
const wholeConfiguration = `Or by CLI, ${changeClientLink} with the whole configuration:`
const prevention =
  'Keep app clients in a template that states every setting; a partial update wipes flows and callback URLs.'

/** Cognito knows the app client and refused what it asked for. */
export const rejectedRequestTexts = {
  grant_not_allowed: {
    meaning: `${unauthorized} The proxy then asked the user pool: the authorization code grant is not among the allowed OAuth flows of the app client.`,
    impact: 'Nobody signs in with this client.',
    certainty: {
      proved: onlyOne,
      likely: `${several}; or it was a refresh, of which it is not documented that it needs the flow`,
    },
    diagnosis: [`${seeSettings} \`flows\` lacks \`code\`.`, describeClient],
    evidence: {
      described_as_redirect: describedAsRedirect,
      code_flow_missing: '`AllowedOAuthFlows` of the app client has no `code`',
      oauth_flag_off: '`AllowedOAuthFlowsUserPoolClient` is off as well',
      callback_missing: 'the redirect URI of the request is not registered either',
    },
    mitigation: [
      `${loginPages}: add Authorization code grant to the OAuth grant types, and save.`,
      wholeConfiguration,
      allowCode,
    ],
    prevention,
  },
  oauth_flows_disabled: {
    meaning:
      'Cognito refused the exchange. The proxy then asked the user pool: OAuth is switched off for the app client, so that its flows count for nothing.',
    impact: 'Nobody signs in with this client.',
    certainty: {
      proved: `Cognito answered \`unauthorized_client\`, ${onlyOne}`,
      likely: `Cognito answered \`invalid_grant\`, which has other reasons, too; or ${several}`,
    },
    diagnosis: [`${seeSettings} \`oauthSwitch\` is \`false\` or absent.`, describeClient],
    evidence: {
      described_as_redirect: describedAsRedirect,
      oauth_flag_off:
        '`AllowedOAuthFlowsUserPoolClient` is off, its default wherever an app client is made or updated by API, CLI or template',
      callback_missing: 'the redirect URI of the request is not registered either',
    },
    mitigation: [
      `${loginPages}: saving this page sets the switch.`,
      wholeConfiguration,
      enableOAuth,
      'In a template set `AllowedOAuthFlowsUserPoolClient: true`.',
    ],
    prevention,
  },
  callback_not_registered: {
    meaning: `${unauthorized} The proxy then asked the user pool: the redirect URI of the request is in the settings of the proxy, but not among the callback URLs of the app client.`,
    impact: 'Nobody signs in over this redirect URI; others are not affected.',
    certainty: {
      likely: `sign-in gives no code for such a URI, so that it either was registered until a few minutes ago or was not the one that sign-in began with; or ${aged}`,
    },
    diagnosis: [
      'Compare `callbacks` with `redirectUris` of the client, byte for byte: a slash at the end, a port, `http` for `https`, `127.0.0.1` for `localhost`.',
      describeClient,
    ],
    evidence: {
      described_as_redirect: describedAsRedirect,
      callback_missing: '`CallbackURLs` of the app client lacks the redirect URI of the request',
    },
    mitigation: [
      `${loginPages}: add the redirect URI to the allowed callback URLs, and save.`,
      wholeConfiguration,
      registerCallback,
      'Is the registered one right, and sign-in begins with it? Then correct `redirectUris` of the client and the redirect URI of the exchange, and deploy; see [redirect_uri_mismatch](redirect_uri_mismatch.md).',
      deployStage,
    ],
    prevention: 'Make callback URLs and the settings of the proxy from one list.',
  },
  client_unauthorized: {
    meaning: `${unauthorized} The word stands for a flow that is switched off as well as for a redirect URI that does not fit, and the user pool could not be asked, or nothing is wrong there.`,
    impact:
      'Nobody signs in with this client, or nobody refreshes, or only those who come over one redirect URI; `grant_type` in the records tells.',
    diagnosis: [
      'Compare the app client with the settings of the client.',
      describeClient,
      'To compare the redirect URIs of sign-in and exchange: CloudTrail > Event history has them in the events `OAuth2_Authorize_GET` and `Token_POST` of that minute.',
    ],
    evidence: { described_as_redirect: describedAsRedirect },
    candidates: {
      redirect_uri_mismatch:
        'the callback is registered, but sign-in began with another one; likely where the client has several redirect URIs and others work',
      callback_not_registered: 'the redirect URI is in the settings but not among `callbacks`',
      grant_not_allowed: '`flows` has no `code`',
      oauth_flows_disabled:
        '`oauthSwitch` is `false` or absent, its default wherever an app client is created or updated by API, CLI or template',
    },
    mitigation: [
      'See [grant_not_allowed](grant_not_allowed.md), [oauth_flows_disabled](oauth_flows_disabled.md), [callback_not_registered](callback_not_registered.md) or [redirect_uri_mismatch](redirect_uri_mismatch.md), whichever it is.',
    ],
    prevention: 'Set `userPoolId` of each client, so that the proxy can look for itself.',
  },
  lambda_trigger_failed: {
    meaning:
      "The text of Cognito's answer reads like a failure of one of the pool's own Lambda triggers. Such texts are not fixed, so this is likely and not proved.",
    impact: 'Every user whom the trigger fails for; none of them can sign in or refresh.',
    diagnosis: [
      'Which triggers has the pool? The one for token generation is the first suspect.',
      describePool,
      'Read the log of that trigger (CloudWatch > Log groups > `/aws/lambda/TRIGGER`) at the second of the record: an error, a timeout, or an answer that Cognito cannot use.',
      'With nothing in its log it was not even started: its resource policy must let `cognito-idp.amazonaws.com` invoke it.',
    ],
    evidence: {
      trigger_text: 'the answer names a trigger that failed, or an error class of triggers',
    },
    mitigation: [
      'Roll the trigger back: Lambda > Functions > TRIGGER > Aliases, or',
      {
        command:
          'aws lambda update-alias --function-name TRIGGER --name THE_ALIAS --function-version NUMBER',
      },
      'Without an alias deploy its earlier code, or take it off the pool: Cognito > User pools > POOL > Extensions.',
      'It was not even started? Let the pool invoke it.',
      {
        command: `aws lambda add-permission --function-name TRIGGER --statement-id cognito \\
  --action lambda:InvokeFunction --principal cognito-idp.amazonaws.com \\
  --source-arn arn:aws:cognito-idp:REGION:ACCOUNT:userpool/POOL`,
      },
    ],
    prevention:
      'Give triggers an alarm on errors and duration, and test them with sample events before a deployment.',
  },
  revocation_disabled: {
    meaning:
      'Cognito called a revocation an invalid request. The proxy then asked the user pool: token revocation is switched off for the app client.',
    impact:
      'Signing out through the proxy leaves the refresh token valid until it expires. Front ends see a server error.',
    certainty: { proved: fresh, likely: aged },
    diagnosis: [`${seeSettings} \`revocation\` is \`false\`.`, describeClient],
    evidence: {
      error_unexpected: 'Cognito answered `invalid_request`, though the request was complete',
      revocation_flag_off: '`EnableTokenRevocation` of the app client is off',
    },
    mitigation: [
      `${clientSettings} > Advanced authentication settings: Enable token revocation, and save.`,
      wholeConfiguration,
      enableRevocation,
    ],
    prevention:
      'State `EnableTokenRevocation: true` in the template; app clients made before it existed have it off.',
  },
  cognito_request_rejected: {
    meaning:
      'The user pool domain refused a request that was well-formed when it left, with an answer that fits no known reason.',
    impact: 'Mostly everybody who uses this client.',
    diagnosis: [
      '`upstream_status` and `upstream_error` have what was answered, as far as it is known. `evidence` says why it was not taken for more.',
      'Ask the endpoint by hand. Cognito itself answers 400 in JSON with `x-amz-cognito-request-id`.',
      probeDomain,
      'See whether the domain belongs to the pool.',
      describeDomain,
    ],
    evidence: {
      method_refused: 'a 405: often a wrong path, or something between that redirects or rewrites',
      status_unexpected:
        'a status with which Cognito is not known to refuse: something in between answered',
      answer_not_json: 'a 4xx with a body that is no JSON object: hardly Cognito itself',
      error_unknown: 'JSON, but no `error` that Cognito is known to send',
      error_unexpected:
        'a known `error` that a request of the proxy should not be able to cause; for a revocation perhaps [revocation_disabled](revocation_disabled.md), where the user pool could not be asked',
    },
    candidates: {
      revocation_disabled:
        'it was a revocation, and `EnableTokenRevocation` of the app client is false',
      domain_path_wrong:
        'the answer has no `x-amz-cognito-request-id`: `domain` leads to another server',
      request_changed_on_the_way:
        'a proxy, a gateway or a CDN of your own stands before the domain',
      cognito_changed:
        'the domain is right, nothing stands between, and it began without any change of yours',
    },
    mitigation: [
      `Correct \`domain\` of the client in the stage file (${domainPage} has it) and deploy, or take away what stands between.`,
      deployStage,
      'Else open a case with AWS support and give them `upstream_request_id`, and report it to the developers of the proxy.',
    ],
    prevention: `Use the address that Cognito shows for the domain: ${domainPage}.`,
  },
} as const satisfies {
  readonly [N in Exclude<keyof typeof rejected, keyof typeof rejectedClientTexts>]: RunbookTextOf<N>
}
