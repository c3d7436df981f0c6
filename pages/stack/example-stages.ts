import { parseStage, type Stage } from '../../infra/stage.ts'

type Fields = Readonly<Record<string, unknown>>

const key = 'arn:aws:kms:eu-central-1:123456789012:key/OWN'
const certificate = 'certificate/1234abcd-12ab-34cd-56ef-1234567890ab'

/** A stage with one client that sets nothing else. */
export const leastFields: Fields = {
  region: 'eu-central-1',
  clients: [
    {
      name: 'web',
      clientId: '1example23456789abcdefghij',
      secretId: 'token-proxy/prod/web',
      domain: 'https://sign-in.auth.eu-central-1.amazoncognito.com',
      userPoolId: 'eu-central-1_Example01',
      origins: ['https://app.example.com'],
      redirectUris: ['https://app.example.com/signed-in'],
    },
  ],
}

/** Every option that adds a resource or a right to the stack, or changes who may do what with it. */
export const optionFields: Fields = {
  evidenceTable: true,
  diagnoseDomain: true,
  rotateSecretsDays: 90,
  gradualDeployment: true,
  provisionedConcurrency: 2,
  secretsKmsKey: key,
  logsKmsKey: key,
  evidenceTableKmsKey: key,
  topicsKmsKey: key,
  environmentKmsKey: key,
  permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
  rolePath: '/team/',
  tags: { team: 'sign-in' },
  domainName: 'api.example.com',
  domainCertificate: `arn:aws:acm:eu-central-1:123456789012:${certificate}`,
  domainBasePath: 'auth',
  domainHostedZone: 'Z0123456789ABC',
  disableExecuteApiEndpoint: true,
  edge: 'required',
  edgeDomainName: 'login.example.com',
  edgeCertificate: `arn:aws:acm:us-east-1:123456789012:${certificate}`,
  edgeHostedZone: 'Z0123456789ABC',
  site: true,
  canaryEveryMinutes: 5,
  alarmEmails: ['on-call@example.com'],
}

/** @throws Error that names what is wrong with the fields */
export function toExampleStage(fields: Fields): Stage {
  const parsed = parseStage(fields, 'prod')
  if (!parsed.ok) throw new Error(parsed.problems.join('; '))
  return parsed.stage
}
