import type { unanswered } from '../core/causes/unanswered.ts'
import { deployStage, describeDomain, describePool, probeDomain } from './commands.ts'
import { afterRefusal, aged, domainPage, fresh, ownedElsewhere } from './phrases.ts'
import type { RunbookTextOf } from './text.ts'

const answered404 = 'a server answers, but it has no token endpoint: `domain` points somewhere else'

/** There is no token endpoint at the domain, or that of another user pool. */
export const domainTexts = {
  domain_not_found: {
    meaning: 'There is no token endpoint at the configured domain.',
    impact: 'Nobody can sign in or refresh with this client.',
    diagnosis: [
      'Which pool owns the domain, and is it `ACTIVE`? An empty answer means that no pool in this account and Region has this domain.',
      describeDomain,
      'Call it by hand.',
      probeDomain,
    ],
    evidence: {
      name_unresolved:
        'the host name does not exist: a typo in `domain`, a deleted prefix, or a custom domain without its DNS alias',
      answered_404: answered404,
      domain_without_pool:
        'no user pool in this account and Region has this domain; another account may have it, or it is an alias',
      domain_elsewhere: `${ownedElsewhere}, which had this name before it stopped resolving`,
    },
    mitigation: [
      'Correct `domain` of the client in the stage file and deploy.',
      deployStage,
      `Or attach the domain to the pool again (${domainPage}).`,
      { command: 'aws cognito-idp create-user-pool-domain --user-pool-id POOL --domain DOMAIN' },
      'Or fix the alias record of the custom domain: Route 53 > Hosted zones > the zone > the record. It must point to the `CloudFrontDistribution` that the first command shows.',
    ],
    prevention: 'Take the domain from the output of the template that creates it.',
  },
  domain_of_another_pool: {
    meaning:
      'The configured domain refused the app client (`invalid_client`) or answered 404. The proxy then looked up its owner: the domain belongs to a user pool other than `userPoolId`.',
    impact: 'Nobody can sign in or refresh with this client.',
    certainty: {
      proved: `Cognito refused the app client; ${fresh}: it has the app client, so the pool that owns the domain cannot know it`,
      likely: `the domain answered 404, which the domain of another pool would not do either; or the proxy could not read the app client; or ${aged}`,
    },
    diagnosis: [
      'Which pool owns the domain? Compare `UserPoolId` with the settings.',
      describeDomain,
      'Which domains does the pool in the settings have?',
      describePool,
    ],
    evidence: {
      ...afterRefusal,
      answered_404: answered404,
      domain_elsewhere: ownedElsewhere,
    },
    mitigation: [
      `Set \`domain\`, \`userPoolId\` and \`clientId\` of the client to the same pool and deploy. If the domain was moved by mistake: ${domainPage}, first at the pool that has it now (Actions > Delete), then at the right one (Actions > Create).`,
      {
        command: `aws cognito-idp delete-user-pool-domain --user-pool-id POOL_THAT_HAS_IT --domain DOMAIN
aws cognito-idp create-user-pool-domain --user-pool-id POOL --domain DOMAIN`,
      },
    ],
    prevention: 'Take the domain, the pool id and the client id from the outputs of one template.',
  },
} as const satisfies {
  readonly [N in Extract<keyof typeof unanswered, `domain_${string}`>]: RunbookTextOf<N>
}
