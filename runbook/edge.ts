import type { edge } from '../core/causes/edge.ts'
import { textSettings } from '../core/settings/table.ts'
import { deployStage } from './commands.ts'
import type { RunbookTextOf } from './text.ts'

const digests = `\`${textSettings.edgeKeyDigests.variable}\``

/** Refused because the request does not prove that it came through the CDN in front. */
export const edgeTexts = {
  edge_key_missing: {
    meaning:
      'A request came directly to the HTTP API, around the CloudFront distribution in front of it. The proxy only accepts requests that came through the distribution.',
    impact:
      'If users come through the distribution: no harm is done, and this is what the check is for. If a front end calls the address of the HTTP API, nobody can sign in there.',
    diagnosis: [
      'Which clients send such requests? A scan names no configured client.',
      {
        query:
          "filter cause = 'edge_key_missing'\n| stats count(*) as refused by client, bin(15m)\n| sort refused desc",
      },
      "If it is a client of yours, check the token endpoint of its front end in the browser's network tab. The address of an HTTP API ends with `amazonaws.com`.",
      'A health check that gets this answer calls the HTTP API, too. Such checks leave no record.',
    ],
    mitigation: [
      'Set the token endpoint of the front end, and the address of health checks, to `publicUrl` of the stage.',
    ],
    prevention:
      'Let front ends read the address from the discovery document, and set `disableExecuteApiEndpoint` so that the address that AWS makes does not answer at all.',
  },
  edge_key_mismatch: {
    meaning:
      'A request came with a key that the proxy does not accept, or without a key although a CDN passed it on. The key proves that a request came through the distribution in front.',
    impact:
      'If the distribution sends the wrong key, nobody can sign in or refresh; front ends keep their sessions and try again. If only strangers send it, nobody is affected.',
    certainty: {
      likely:
        'the key is not accepted, or is missing although headers of a CDN are there. The distribution may have sent that, but so can anybody who calls the HTTP API directly',
    },
    evidence: {
      other_key: `the request has a key, but its digest is not in ${digests}: the distribution still sends an old key, or already sends a new one, or a stranger made it up`,
      absent_behind_cdn:
        'the request has headers of a CDN but no key: the distribution does not add the origin custom header `x-token-proxy-edge-key`, or another CDN is in front',
    },
    diagnosis: [
      'Do users get tokens at the same time? If they do, the distribution is in order, and strangers send these requests.',
      {
        query: 'filter ispresent(outcome)\n| stats count(*) by outcome, cause, bin(5m)',
      },
      'Ask the proxy through the distribution. 200 means that its key is accepted; 503 means that it is not.',
      { command: "curl -sS -o /dev/null -w '%{http_code}\\n' https://PROXY/health" },
      'If it is 503, compare the digest of the key that the distribution sends with the setting. Nothing but the digest is shown:',
      {
        command: `aws cloudfront get-distribution-config --id DISTRIBUTION --output json \\
  | jq -j '.DistributionConfig.Origins.Items[].CustomHeaders.Items[]
    | select(.HeaderName == "x-token-proxy-edge-key") | .HeaderValue' | sha256sum
aws lambda get-function-configuration --function-name token-proxy-STAGE-oauth2 \\
  --query Environment.Variables.${textSettings.edgeKeyDigests.variable}`,
      },
    ],
    mitigation: [
      `Add the digest of the key that the distribution sends to ${digests} beside the other one, and deploy. This takes effect at once, while a change of the distribution takes minutes to spread.`,
      deployStage,
      'If the distribution sends no key at all: CloudFront > Distributions > DISTRIBUTION > Origins > the origin > Edit > Add custom header.',
      'Strangers who go around the distribution cannot be blocked by address, only throttled. Where front ends use a custom domain name, `disableExecuteApiEndpoint` turns off the address that AWS made; see [somebody sends too much](an-alarm-fired.md#when-somebody-sends-too-much).',
    ],
    prevention: `Replace the key in three steps: accept old and new in ${digests}, then let the distribution send the new one, then, once its change has spread, accept only the new one.`,
  },
} as const satisfies { readonly [N in keyof typeof edge]: RunbookTextOf<N> }
